/** A form with a React action, which React resets once the action is done. */
import { Upload, UploaderPanel } from '@portage/react';
import { useState } from 'react';

export function ActionForm() {
  const [sent, setSent] = useState<string[]>([]);
  const send = async (data: FormData) => {
    const keys = data.getAll('files').map(String);
    setSent((before) => [...before, keys.join(', ')]);
  };
  return (
    <main>
      <form action={send}>
        <Upload.Root endpoint="/api/uploads">
          <UploaderPanel />
          <Upload.FormField name="files" required />
        </Upload.Root>
        <button type="submit">Send</button>
      </form>
      <ol aria-label="Sent">
        {sent.map((keys) => (
          <li key={keys}>{keys}</li>
        ))}
      </ol>
    </main>
  );
}
