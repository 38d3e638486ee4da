import { Upload } from '@portage/react';

export function AttachButton() {
  return (
    <Upload.Root endpoint="/api/uploads">
      <Upload.Trigger>Attach a file</Upload.Trigger>
      <Upload.Trigger directory />
    </Upload.Root>
  );
}
