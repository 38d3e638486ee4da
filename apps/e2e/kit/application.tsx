/** A form with uploads in it: for the flows by keyboard, and for going on after a reload. */
import { Upload, UploaderPanel } from '@portage/react';
import { useState } from 'react';

export function Application() {
  const [sent, setSent] = useState<readonly string[]>();
  return (
    <main>
      <h1>Apply</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setSent(new FormData(event.currentTarget).getAll('files').map(String));
        }}
      >
        <Upload.Root endpoint="/api/uploads">
          <UploaderPanel />
          <Upload.FormField name="files" required />
        </Upload.Root>
        <button type="submit">Send</button>
      </form>
      <output>{sent && `Sent ${sent.length}: ${sent.join(', ')}`}</output>
    </main>
  );
}
