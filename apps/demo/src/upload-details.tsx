import { useUpload, useUploadFile } from '@portage/react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import '@portage/react/diagnostics.css';

/** Loaded when it is opened. */
const UploadDiagnostics = lazy(async () => ({
  default: (await import('@portage/react/diagnostics')).UploadDiagnostics,
}));

/** What happened to each file's upload, for those who want to know. */
export function UploadDetails(): ReactNode {
  const { fileIds } = useUpload();
  // Of a long list, the newest.
  return fileIds.slice(-20).map((id) => <FileDetails key={id} id={id} />);
}

export function FileDetails({ id }: { readonly id: string }): ReactNode {
  const { file } = useUploadFile(id);
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Details: <bdi>{file.name}</bdi>
      </summary>
      {isOpen && (
        <Suspense fallback="…">
          <UploadDiagnostics fileId={id} />
        </Suspense>
      )}
    </details>
  );
}
