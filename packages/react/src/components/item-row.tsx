'use client';
import type { ReactNode } from 'react';
import * as Upload from '../parts.ts';

/** The row of {@link Uploader}. */
export function UploaderItem({ id }: { readonly id: string }): ReactNode {
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
