'use client';
import type { ReactNode } from 'react';
import { ProgressRing } from '../components/progress-ring.tsx';
import { RowFields } from '../components/row-fields.tsx';
import { useRowMotion } from '../components/row-motion.ts';
import * as Upload from '../parts.ts';

/** Chips, as below the text of a message. */
export function ComposerFiles(): ReactNode {
  return (
    <>
      <Upload.List ref={useRowMotion()} virtualFrom={Number.POSITIVE_INFINITY}>
        {(id) => <ComposerItem id={id} />}
      </Upload.List>
      <Upload.Start />
      <Upload.Undo />
    </>
  );
}

/** A picture with a ring, a name, and what is happening. */
export function ComposerItem({ id }: { readonly id: string }): ReactNode {
  return (
    <Upload.Item id={id} className="portage-chip">
      <span className="portage-ringed">
        <Upload.ItemPreview />
        <ProgressRing />
      </span>
      <Upload.ItemName />
      <Upload.ItemStatus />
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
