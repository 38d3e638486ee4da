import { Upload, UploaderItem } from '@portage/react';

const ONE_PICTURE = { maxNumberOfFiles: 1, allowedFileTypes: ['image/*'] };

// Round by your own CSS.
export function Avatar() {
  return (
    <Upload.Root endpoint="/api/uploads" route="avatars" restrictions={ONE_PICTURE}>
      <Upload.Dropzone className="avatar">
        <Upload.Trigger className="portage-quiet">Your picture</Upload.Trigger>
      </Upload.Dropzone>
      <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>
    </Upload.Root>
  );
}
