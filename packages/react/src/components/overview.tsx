'use client';
import type { ReactNode } from 'react';
import { useUpload } from '../hooks/use-upload.ts';
import * as Upload from '../parts.ts';

/** All files in one line, and what can be done with all. One file says all of this in its row. @param isBare - the buttons alone. */
export function Overview({ isBare = false }: { readonly isBare?: boolean | undefined }): ReactNode {
  const { fileIds } = useUpload();
  const isOne = fileIds.length === 1;
  return (
    <div className="portage-overview">
      {!isOne && !isBare && <Upload.Summary />}
      <div className="portage-overview-buttons">
        {!isOne && <Upload.Clear />}
        {!isOne && <Upload.RetryAll />}
        {!isOne && <Upload.PauseAll />}
        <Upload.Start />
      </div>
      {!isOne && !isBare && <Upload.TotalProgress />}
    </div>
  );
}
