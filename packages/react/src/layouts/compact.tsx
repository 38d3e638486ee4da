'use client';
import type { ReactNode } from 'react';
import { Overview } from '../components/overview.tsx';
import { RowFields } from '../components/row-fields.tsx';
import { useRowMotion } from '../components/row-motion.ts';
import * as Upload from '../parts.ts';

/** Rows of 44 pixels. */
export function CompactFiles(): ReactNode {
  return (
    <>
      <Overview />
      <Upload.List ref={useRowMotion()}>{(id) => <CompactItem id={id} />}</Upload.List>
      <Upload.Undo />
    </>
  );
}

/** One line: picture, name, bar, state, buttons. What went wrong is below. */
export function CompactItem({ id }: { readonly id: string }): ReactNode {
  return (
    <Upload.Item id={id} className="portage-line">
      <Upload.ItemPreview />
      <Upload.ItemName />
      <Upload.ItemProgress />
      <Upload.ItemStatus />
      <Upload.ItemPercent />
      <div className="portage-item-buttons">
        <Upload.ItemPause />
        <Upload.ItemRemove />
      </div>
      <RowFields />
      <Upload.ItemError />
      <Upload.ItemRetry />
    </Upload.Item>
  );
}
