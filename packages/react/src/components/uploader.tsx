'use client';
import { arriving } from '@portage/uppy';
import type { Body, Meta } from '@uppy/core/utils';
import type { ReactNode } from 'react';
import { useDropzone } from '../hooks/use-dropzone.ts';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames, flag } from './class-names.ts';
import type { FilesPanelProps, Layout } from './files-panel.tsx';
import { UploadIcon } from './icon.tsx';
import { lateComponent } from './late-component.tsx';

export type UploaderProps<M extends Meta = Meta, B extends Body = Body> = Upload.RootProps<M, B> & UploaderPanelProps;

/** Loaded beside the page, before anything is picked. Where it does not arrive, and on a server, there are the names of the files. */
const FilesPanel = lateComponent<FilesPanelProps>(
  () => arriving(import('./files-panel.tsx')).then((loaded) => loaded.FilesPanel),
  ({ zone }) => (
    <>
      {zone}
      <Upload.List>
        {(id) => (
          <Upload.Item id={id}>
            <Upload.ItemName />
          </Upload.Item>
        )}
      </Upload.List>
    </>
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
  layout,
  children,
  ...root
}: UploaderProps<M, B>): ReactNode {
  return (
    <Upload.Root
      {...(layout === 'avatar' && { restrictions: { maxNumberOfFiles: 1, allowedFileTypes: ['image/*'] } })}
      {...(root as Upload.RootProps<M, B>)}
    >
      <UploaderPanel className={className} dropArea={dropArea} layout={layout}>
        {children}
      </UploaderPanel>
    </Upload.Root>
  );
}

/** Props of {@link UploaderPanel}. */
export interface UploaderPanelProps {
  /** Class names for its outermost element. */
  readonly className?: string | undefined;
  /** Where files may be dropped: on the uploader, or anywhere in the window. @default 'uploader' */
  readonly dropArea?: 'uploader' | 'window' | undefined;
  /**
   * How the files are shown. `avatar`: one picture, which another one replaces; the child is shown while nothing is picked, such as
   * the person's current picture. `composer`: chips, below the text field that is the child. `tray`: in a corner of the window, above the
   * app that is the child, so that it stays while routes come and go. Each is loaded where it is used. @default 'list'
   */
  readonly layout?: Layout | undefined;
  /** Below the list; above it in `composer`, in place of the picture in `avatar`, and the app itself in `tray`. */
  readonly children?: ReactNode;
}

/** {@link Uploader} without its `Upload.Root`: for a page that has one around more than this. */
export function UploaderPanel({ className, dropArea, layout, children }: UploaderPanelProps): ReactNode {
  const { getRootProps, isDragging } = useDropzone({ click: false, paste: false });
  const isComposer = layout === 'composer';
  const isAvatar = layout === 'avatar';
  const isTray = layout === 'tray';
  /** The layout places the zone and the child by itself. */
  const isOwn = isTray || isAvatar;
  const zone = (
    <Upload.Dropzone>
      <span className="portage-dropzone-icon">
        <UploadIcon />
      </span>
      <DropText />
      <div className="portage-dropzone-buttons">
        <Upload.Trigger />
        {!isComposer && <Upload.Trigger directory className="portage-quiet" />}
      </div>
      <Upload.Hint />
    </Upload.Dropzone>
  );
  return (
    <>
      {isTray && children}
      <div
        {...getRootProps({ className: classNames('portage-uploader', className) })}
        data-layout={layout}
        data-dragging={flag(isDragging)}
      >
        {isComposer ? children : !isOwn && zone}
        {/* Here, not in the layout, which comes late: the child may be what crops or prepares the picture. */}
        {isAvatar && <div className="portage-avatar-child">{children}</div>}
        <Upload.Refusals />
        <Upload.Recovery />
        <FilesPanel layout={layout} zone={isAvatar ? zone : undefined} />
        {dropArea === 'window' && <WindowDrop />}
        {isComposer ? zone : !isOwn && children}
      </div>
    </>
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
