import { Uploader } from '@portage/react';
import { useState } from 'react';

export function Attachments() {
  const [files, setFiles] = useState<readonly File[]>([]);
  return (
    <>
      <p>The app holds: {files.map(({ name }) => name).join(', ') || 'nothing'}</p>
      <Uploader endpoint="/api/uploads" files={files} onFilesChange={setFiles} />
    </>
  );
}
