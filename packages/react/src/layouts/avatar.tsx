'use client';
import { cloneElement, type ReactElement, type ReactNode, useMemo } from 'react';
import { Icon } from '../components/icon.tsx';
import { ProgressRing } from '../components/progress-ring.tsx';
import { RowFields } from '../components/row-fields.tsx';
import { useBrowserLayoutEffect } from '../hooks/use-browser-layout-effect.ts';
import { useStore } from '../hooks/use-store.ts';
import { useUploadSnapshot } from '../hooks/use-upload-file.ts';
import * as Upload from '../parts.ts';
import { ItemContext, useUploadContext } from '../state/context.ts';
import { createFileActions } from '../state/file-actions.ts';
import { lateWords } from '../text/late-words.ts';

export interface AvatarFilesProps {
  /** What takes files. */
  readonly zone?: ReactElement<Upload.DropzoneProps> | undefined;
}

/** One picture, and a button that picks it, or another one in its place. */
export function AvatarFiles({ zone }: AvatarFilesProps): ReactNode {
  const { strings, limits } = useUploadContext();
  const words = useMemo(() => lateWords(strings), [strings]);
  const id = useNewest();
  const status = useUploadSnapshot(id ?? '', (snapshot) => snapshot.status);
  const isThere = id !== undefined;
  const picture = isThere ? (
    <span className="portage-ringed">
      <Upload.ItemPreview />
      <ProgressRing />
    </span>
  ) : (
    <PersonIcon />
  );
  // The button is the same one whether there is a picture or not: it keeps the focus.
  return (
    <ItemContext.Provider value={id}>
      <div className="portage-avatar" {...(isThere && { 'data-portage-item': '', 'data-status': status })}>
        {zone && cloneElement(zone, { className: 'portage-avatar-zone' }, picture)}
        <div className="portage-avatar-side">
          <div className="portage-dropzone-buttons">
            <Upload.Trigger className="portage-quiet">
              {isThere ? words.changePicture : words.choosePicture}
            </Upload.Trigger>
            {isThere && <Upload.ItemPause />}
            {isThere && <Upload.ItemRemove />}
          </div>
          {isThere ? <Upload.ItemStatus /> : limits.maxFileSize && <Upload.Hint />}
          {isThere && <RowFields />}
          {isThere && <Upload.ItemError />}
          {isThere && <Upload.ItemRetry />}
          <Upload.Start />
        </div>
      </div>
      <Upload.Undo />
    </ItemContext.Provider>
  );
}

/** The file that was picked last. It takes the place of the one before without a question. */
function useNewest(): string | undefined {
  const { uppy, queue, fileIds, refusals } = useUploadContext();
  const ids = useStore(fileIds);
  const refused = useStore(refusals);
  useBrowserLayoutEffect(() => {
    for (const refusal of refused) if (refusal.reason === 'second') refusal.replace();
  }, [refused]);
  useBrowserLayoutEffect(() => {
    for (const older of ids.slice(0, -1)) createFileActions(uppy, queue, older).remove();
  }, [uppy, queue, ids]);
  return ids.at(-1);
}

const PersonIcon = (): ReactNode => (
  <Icon>
    <path d="M13 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM4 16.5c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5" />
  </Icon>
);
