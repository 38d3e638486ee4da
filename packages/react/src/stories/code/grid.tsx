import { Upload } from '@portage/react';

// A grid by your own CSS, as `display: grid` of `.tiles`.
export function Pictures() {
  return (
    <Upload.Root endpoint="/api/uploads">
      <Upload.Trigger>Add pictures</Upload.Trigger>
      <Upload.List className="tiles">
        {(id) => (
          <Upload.Item id={id}>
            <Upload.ItemPreview />
            <Upload.ItemName />
            <Upload.ItemProgress />
            <Upload.ItemStatus />
            <Upload.ItemPause />
            <Upload.ItemRemove />
          </Upload.Item>
        )}
      </Upload.List>
    </Upload.Root>
  );
}
