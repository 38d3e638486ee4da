'use client';
import { Upload, useUpload } from '@portage/react';
import '@portage/react/style.css';

/** The whole uploader, in parts that are yours to change: dropzone, refusals, what an earlier page left, totals, rows. */
export function Uploader({ children, ...root }: Upload.RootProps) {
  return (
    <Upload.Root {...root}>
      <div className="portage-uploader">
        <Upload.Dropzone>
          <p className="portage-dropzone-text">Drop files here, or</p>
          <div className="portage-dropzone-buttons">
            <Upload.Trigger />
            <Upload.Trigger directory className="portage-quiet" />
          </div>
          <Upload.Hint />
        </Upload.Dropzone>
        <Upload.Refusals />
        <Upload.Recovery />
        <Totals />
        <Upload.List>{(id) => <UploaderRow id={id} />}</Upload.List>
        <Upload.Undo />
        {children}
      </div>
    </Upload.Root>
  );
}

/** One file says all of this in its row. */
function Totals() {
  const isSeveral = useUpload().fileIds.length > 1;
  return (
    <div className="portage-overview">
      {isSeveral && <Upload.Summary />}
      <div className="portage-overview-buttons">
        {isSeveral && (
          <>
            <Upload.Clear />
            <Upload.RetryAll />
            <Upload.PauseAll />
          </>
        )}
        <Upload.Start />
      </div>
      {isSeveral && <Upload.TotalProgress />}
    </div>
  );
}

export function UploaderRow({ id }: { id: string }) {
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
        <Upload.ItemRetry />
      </div>
      <div className="portage-item-buttons">
        <Upload.ItemPause />
        <Upload.ItemRemove />
      </div>
    </Upload.Item>
  );
}
