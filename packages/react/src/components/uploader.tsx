'use client';
import { arriving } from '@portage/uppy';
import type { Body, Meta } from '@uppy/core/utils';
import type { ReactNode } from 'react';
import { useDropzone } from '../hooks/use-dropzone.ts';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames, flag } from './class-names.ts';
import { UploadIcon } from './icons.tsx';
import { lateComponent } from './late-component.tsx';

export type UploaderProps<M extends Meta = Meta, B extends Body = Body> = Upload.RootProps<M, B> & {
  readonly className?: string | undefined;
  /** Where files may be dropped: on the uploader, or anywhere in the window. @default 'uploader' */
  readonly dropArea?: 'uploader' | 'window' | undefined;
};

/** Loaded beside the page, before anything is picked. Where it does not arrive, and on a server, there are the names of the files. */
const FilesPanel = lateComponent<object>(
  () => arriving(import('./files-panel.tsx')).then((loaded) => loaded.FilesPanel),
  () => (
    <Upload.List>
      {(id) => (
        <Upload.Item id={id}>
          <Upload.ItemName />
        </Upload.Item>
      )}
    </Upload.List>
  ),
);

const WindowDrop = lateComponent<object, HTMLDivElement>(
  () => arriving(import('./window-drop.tsx')).then((loaded) => loaded.UploadWindowDrop),
  () => null,
);

/** The whole uploader: dropzone, list, progress. Made of the parts of `Upload` only; copy it to begin your own. */
export function Uploader<M extends Meta = Meta, B extends Body = Body>({
  className,
  dropArea,
  children,
  ...root
}: UploaderProps<M, B>): ReactNode {
  return (
    <Upload.Root {...(root as Upload.RootProps<M, B>)}>
      <UploaderPanel className={className} dropArea={dropArea}>
        {children}
      </UploaderPanel>
    </Upload.Root>
  );
}

/** Props of {@link UploaderPanel}. */
export interface UploaderPanelProps {
  readonly className?: string | undefined;
  /** Where files may be dropped: on the uploader, or anywhere in the window. @default 'uploader' */
  readonly dropArea?: 'uploader' | 'window' | undefined;
  /** Below the list. */
  readonly children?: ReactNode;
}

/** {@link Uploader} without its `Upload.Root`: for a page that has one around more than this. */
export function UploaderPanel({ className, dropArea, children }: UploaderPanelProps): ReactNode {
  const { getRootProps, isDragging } = useDropzone({ click: false, paste: false });
  return (
    <div {...getRootProps({ className: classNames('portage-uploader', className) })} data-dragging={flag(isDragging)}>
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
      <FilesPanel />
      {dropArea === 'window' && <WindowDrop />}
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
