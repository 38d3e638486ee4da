'use client';
import type { Body, Meta } from '@uppy/core/utils';
import type { ReactNode } from 'react';
import { useUpload } from '../hooks/use-upload.ts';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { UploadIcon } from './icons.tsx';

export type UploaderProps<M extends Meta = Meta, B extends Body = Body> = Upload.RootProps<M, B> & {
  readonly className?: string | undefined;
};

/** The whole uploader: dropzone, list, progress. Made of the parts of `Upload` only; copy it to begin your own. */
export function Uploader<M extends Meta = Meta, B extends Body = Body>({
  className,
  children,
  ...root
}: UploaderProps<M, B>): ReactNode {
  return (
    <Upload.Root {...(root as Upload.RootProps<M, B>)}>
      <UploaderPanel className={className}>{children}</UploaderPanel>
    </Upload.Root>
  );
}

/** Props of {@link UploaderPanel}. */
export interface UploaderPanelProps {
  readonly className?: string | undefined;
  /** Below the list. */
  readonly children?: ReactNode;
}

/** {@link Uploader} without its `Upload.Root`: for a page that has one around more than this. */
export function UploaderPanel({ className, children }: UploaderPanelProps): ReactNode {
  return (
    <div className={classNames('portage-uploader', className)}>
      <Upload.Dropzone>
        <span className="portage-dropzone-icon">
          <UploadIcon />
        </span>
        <DropText />
        <div className="portage-dropzone-buttons">
          <Upload.Trigger />
          <Upload.Trigger directory className="portage-quiet" />
        </div>
        <Upload.Hint />
      </Upload.Dropzone>
      <Upload.Refusals />
      <Upload.Recovery />
      <Overview />
      <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>
      {children}
    </div>
  );
}

function DropText(): ReactNode {
  const { strings } = useUploadContext();
  return (
    <p className="portage-dropzone-text">
      <span className="portage-when-idle">{strings.dropHere}</span>
      <span className="portage-when-dragging">{strings.dropNow}</span>
    </p>
  );
}

/** One file says all of this in its row. */
function Overview(): ReactNode {
  const { fileIds } = useUpload();
  const isOne = fileIds.length === 1;
  return (
    <div className="portage-overview">
      {!isOne && <Upload.Summary />}
      {!isOne && <Upload.PauseAll />}
      {!isOne && <Upload.RetryAll />}
      {!isOne && <Upload.Clear />}
      <Upload.Start />
      {!isOne && <Upload.TotalProgress />}
    </div>
  );
}

/** The row of {@link Uploader}. */
export function UploaderItem({ id }: { readonly id: string }): ReactNode {
  return (
    <Upload.Item id={id}>
      <Upload.ItemPreview />
      <div className="portage-item-body">
        <div className="portage-item-head">
          <Upload.ItemName />
          <Upload.ItemSize />
        </div>
        <Upload.ItemProgress />
        <div className="portage-item-foot">
          <Upload.ItemStatus />
          <Upload.ItemPercent />
        </div>
        <Upload.ItemError />
      </div>
      <div className="portage-item-buttons">
        <Upload.ItemRetry />
        <Upload.ItemPause />
        <Upload.ItemRemove />
      </div>
    </Upload.Item>
  );
}
