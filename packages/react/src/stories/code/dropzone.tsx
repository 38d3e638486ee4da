import { Upload } from '@portage/react';

export function Zone() {
  return (
    <Upload.Root endpoint="/api/uploads" restrictions={{ maxFileSize: 2_000_000_000, maxNumberOfFiles: 3 }}>
      <Upload.Dropzone>
        <p className="portage-dropzone-text">A dropzone with words of its own</p>
        <Upload.Trigger />
        <Upload.Hint />
      </Upload.Dropzone>
    </Upload.Root>
  );
}
