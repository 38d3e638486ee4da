'use client';
import { type ReactNode, useState } from 'react';
import { Overview } from '../components/overview.tsx';
import { ProgressRing } from '../components/progress-ring.tsx';
import { RowFields } from '../components/row-fields.tsx';
import { useRowMotion } from '../components/row-motion.ts';
import { useUpload } from '../hooks/use-upload.ts';
import * as Upload from '../parts.ts';
import { CompactItem } from './compact.tsx';

/** Of so many files, chips would push the text and its button out of the window. */
const MANY = 30;

/** Chips, as below the text of a message; many files are a list that scrolls by itself, a line for each. */
export function ComposerFiles(): ReactNode {
  const { fileIds } = useUpload();
  const motion = useRowMotion();
  const [isLong, setIsLong] = useState(false);
  // Until all are gone: where some are taken out, the others keep their look, and the focus its place.
  if (isLong !== (fileIds.length >= MANY || (isLong && fileIds.length > 0))) setIsLong(!isLong);
  return (
    <>
      {isLong && <Overview />}
      {isLong ? (
        <Upload.List virtualFrom={MANY}>{(id) => <CompactItem id={id} />}</Upload.List>
      ) : (
        <Upload.List key="chips" ref={motion} virtualFrom={Number.POSITIVE_INFINITY}>
          {(id) => <ComposerItem id={id} />}
        </Upload.List>
      )}
      {!isLong && <Upload.Start />}
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
