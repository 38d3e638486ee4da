import { Uploader } from '@portage/react';

// Nothing is sent before somebody presses "Upload".
export function Attachments() {
  return <Uploader endpoint="/api/uploads" autoStart={false} />;
}
