import { Upload } from '@portage/react';

// The form waits until everything is stored, and sends the keys as `files`.
export function Application() {
  return (
    <form action="/apply" method="post">
      <Upload.Root endpoint="/api/uploads">
        <Upload.Trigger />
        <Upload.FormField name="files" required />
      </Upload.Root>
      <button type="submit">Send</button>
    </form>
  );
}
