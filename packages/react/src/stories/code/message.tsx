import { Upload, UploaderItem } from '@portage/react';

export function Message() {
  return (
    <Upload.Root endpoint="/api/uploads">
      <form action="/messages" method="post">
        <textarea name="text" aria-label="Message" rows={3} />
        <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>
        <Upload.Trigger>Attach</Upload.Trigger>
        <button type="submit">Send</button>
        <Upload.FormField name="attachments" />
      </form>
    </Upload.Root>
  );
}
