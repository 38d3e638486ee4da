/** An app that holds its files itself, while the route with the uploader comes and goes. */
import { Uploader } from '@portage/react';
import { useState } from 'react';

export function Routes() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isOpen, setOpen] = useState(true);
  return (
    <main>
      <button type="button" onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Leave' : 'Come back'}
      </button>
      {isOpen && <Uploader endpoint="/api/uploads" files={files} onFilesChange={setFiles} />}
      <output aria-label="Held">{files.map(({ name }) => name).join(', ')}</output>
    </main>
  );
}
