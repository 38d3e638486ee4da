'use client';
import { forwardRef, lazy, Suspense, useId } from 'react';
import { useRecovery } from '../hooks/use-recovery.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { type PartProps, renderPart } from './render-part.ts';

/** Loaded when there is something to offer. */
const RecoveryItem = lazy(() =>
  import('./recovery-item.tsx').then(
    (loaded) => ({ default: loaded.RecoveryItem }),
    // The same file picked again goes on all the same.
    () => ({ default: () => null }),
  ),
);

/**
 * Offers to continue what an earlier page began: in words, with *Continue* and *Discard*. Nothing while there is
 * nothing to continue. `data-count` is how many there are.
 */
export const UploadRecovery = forwardRef<HTMLElement, Omit<PartProps<'section'>, 'children'>>(function UploadRecovery(
  { className, render, ...props },
  ref,
) {
  const { strings } = useUploadContext();
  const { unfinished, continueUpload, discardUpload } = useRecovery();
  const titleId = useId();
  if (unfinished.length === 0) return null;
  const children = (
    <>
      <p id={titleId} className="portage-recovery-title">
        {strings.unfinishedTitle(unfinished.length)}
      </p>
      <ul className="portage-recovery-list">
        <Suspense>
          {unfinished.map((item) => (
            <RecoveryItem
              key={item.upload.id}
              item={item}
              onContinue={() => void continueUpload(item.upload.id)}
              onDiscard={() => void discardUpload(item.upload.id)}
            />
          ))}
        </Suspense>
      </ul>
    </>
  );
  const own = { className: classNames('portage-recovery', className), 'data-count': unfinished.length };
  return renderPart('section', { 'aria-labelledby': titleId, ...props, ...own, ref, children }, render);
});
