import { Upload } from '@portage/react';

// Inside Upload.Item each of these parts knows its file.
export function Files() {
  return (
    <Upload.Root endpoint="/api/uploads">
      <Upload.List>
        {(id) => (
          <Upload.Item id={id}>
            <Upload.ItemPreview />
            <Upload.ItemName />
            <Upload.ItemSize />
            <Upload.ItemProgress />
            <Upload.ItemPercent />
            <Upload.ItemStatus />
            <Upload.ItemError />
            <Upload.ItemRetry />
            <Upload.ItemPause />
            <Upload.ItemRemove />
          </Upload.Item>
        )}
      </Upload.List>
    </Upload.Root>
  );
}
