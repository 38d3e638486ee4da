import { Upload } from '@portage/react';

export function Totals() {
  return (
    <Upload.Root endpoint="/api/uploads" autoStart={false}>
      <Upload.Summary />
      <Upload.TotalProgress />
      <Upload.Start />
      <Upload.PauseAll />
      <Upload.RetryAll />
      <Upload.Clear />
    </Upload.Root>
  );
}
