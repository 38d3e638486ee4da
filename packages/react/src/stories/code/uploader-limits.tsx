import { Uploader } from '@portage/react';

// Files that are refused are told of in words. The server has limits of its own: these spare people the way there.
const LIMITS = { maxFileSize: 25_000_000, maxNumberOfFiles: 10, allowedFileTypes: ['.jpg', '.png', '.pdf'] };

export function Attachments() {
  return <Uploader endpoint="/api/uploads" restrictions={LIMITS} />;
}
