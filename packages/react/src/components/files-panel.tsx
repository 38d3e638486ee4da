'use client';
import type { ReactNode } from 'react';
import { useUpload } from '../hooks/use-upload.ts';
import * as Upload from '../parts.ts';
import { UploaderItem } from './item-row.tsx';

/** What is below the dropzone of `Uploader`. */
export function FilesPanel(): ReactNode {
  return (
    <>
      <Overview />
      <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>
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
