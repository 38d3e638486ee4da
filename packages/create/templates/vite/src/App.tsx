import { createUploader } from '@portage/react';
import '@portage/react/style.css';
// A type alone: nothing of the server gets into the page.
import type { uploads } from '../server/uploads.ts';

const { Uploader } = createUploader<typeof uploads>({ endpoint: '/api/uploads' });

export function App() {
  return (
    <main style={{ maxWidth: '40rem', margin: '4rem auto', padding: '0 1rem', fontFamily: 'system-ui' }}>
      <h1>Uploads</h1>
      <Uploader route="files" onUploaded={({ result }) => console.log(`${result.name} is stored: ${result.key}`)} />
    </main>
  );
}
