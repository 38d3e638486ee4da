'use client';
import { type ReactNode, useCallback, useRef } from 'react';
import { useUpload } from '../hooks/use-upload.ts';
import * as Upload from '../parts.ts';
import { UploaderItem } from './item-row.tsx';
import { moveRows } from './row-motion.ts';

/** What is below the dropzone of `Uploader`. */
export function FilesPanel(): ReactNode {
  const stop = useRef<(() => void) | undefined>(undefined);
  const motion = useCallback((list: HTMLUListElement | null) => {
    stop.current?.();
    stop.current = list ? moveRows(list) : undefined;
  }, []);
  return (
    <>
      <Overview />
      <Upload.List ref={motion}>{(id) => <UploaderItem id={id} />}</Upload.List>
      <Upload.Undo />
    </>
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
