import { Upload } from '@portage/react';

// The row of <Uploader>. Copy it to begin your own.
export function Row({ id }: { id: string }) {
  return (
    <Upload.Item id={id}>
      <Upload.ItemPreview />
      <div className="portage-item-body">
        <div className="portage-item-head">
          <Upload.ItemName />
          <Upload.ItemSize />
        </div>
        <Upload.ItemProgress />
        <div className="portage-item-foot">
          <Upload.ItemStatus />
          <Upload.ItemPercent />
        </div>
        <Upload.ItemError />
      </div>
      <div className="portage-item-buttons">
        <Upload.ItemRetry />
        <Upload.ItemPause />
        <Upload.ItemRemove />
      </div>
    </Upload.Item>
  );
}
