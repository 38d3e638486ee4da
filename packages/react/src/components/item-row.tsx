'use client';
import { arriving } from '@portage/uppy';
import type { ReactNode } from 'react';
import { useStore } from '../hooks/use-store.ts';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import { askedFields } from '../state/file-fields.ts';
import { lateComponent } from './late-component.tsx';

/** Loaded where a `Fields` asks for some. */
const ItemFields = lateComponent<object>(
  () => arriving(import('../fields/item-fields.tsx')).then((loaded) => loaded.ItemFields),
  () => null,
);

/** The row of {@link Uploader}. */
export function UploaderItem({ id }: { readonly id: string }): ReactNode {
  const { uppy } = useUploadContext();
  const { fields } = useStore(askedFields(uppy));
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
        {fields.length > 0 && <ItemFields />}
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
