'use client';
import type { ReactNode } from 'react';
import * as Upload from '../parts.ts';
import { RowFields } from './row-fields.tsx';

/** Props of {@link UploaderItem}. */
export interface UploaderItemProps {
  /** Uppy's id of the file. */
  readonly id: string;
  /** Of a file below a folder's head: the folders in between, such as `2026/alps`, or an empty text. @default not below a head */
  readonly path?: string | undefined;
}

/** The row of {@link Uploader}. */
export function UploaderItem({ id, path }: UploaderItemProps): ReactNode {
  return (
    <Upload.Item id={id} {...(path !== undefined && { className: 'portage-in-folder' })}>
      <Upload.ItemPreview />
      <div className="portage-item-body">
        {path && (
          <span className="portage-path" dir="auto">
            {path}
          </span>
        )}
        <div className="portage-item-head">
          <Upload.ItemName />
          <Upload.ItemSize />
        </div>
        <Upload.ItemProgress />
        <div className="portage-item-foot">
          <Upload.ItemStatus />
          <Upload.ItemPercent />
        </div>
        <RowFields />
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
