import { Upload } from '@portage/react';

export default function App() {
  return (
    <Upload.Root endpoint="/api/uploads">
      <Plain />
    </Upload.Root>
  );
}

// Without `@portage/react/style.css` the parts are plain elements, with `portage-…` classes and `data-…` to style them by.
export function Plain() {
  return (
    <>
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
            <br />
            <Upload.ItemStatus />
            <Upload.ItemProgress />
            <Upload.ItemError />
            <Upload.ItemRetry /> <Upload.ItemPause /> <Upload.ItemRemove />
          </Upload.Item>
        )}
      </Upload.List>
    </>
  );
}
