import { Upload } from '@portage/react';

// Without `@portage/react/style.css` the parts are plain elements, with `portage-…` classes and `data-…` to style them by.
export function Plain() {
  return (
    <Upload.Root endpoint="/api/uploads">
      <Upload.Dropzone>
        <Upload.Trigger />
        <Upload.Hint />
      </Upload.Dropzone>
      <Upload.Summary />
      <Upload.PauseAll />
      <Upload.List>
        {(id) => (
          <Upload.Item id={id}>
            <Upload.ItemName render={<strong />} /> <Upload.ItemSize />
            <Upload.ItemStatus />
            <Upload.ItemProgress />
            <Upload.ItemError />
            <Upload.ItemRetry /> <Upload.ItemPause /> <Upload.ItemRemove />
          </Upload.Item>
        )}
      </Upload.List>
    </Upload.Root>
  );
}
