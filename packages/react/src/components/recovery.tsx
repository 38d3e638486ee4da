'use client';
import { forwardRef, lazy, Suspense } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import type { RecoveryProps } from './recovery-list.tsx';

/** Loaded when there is something to offer. */
const RecoveryList = lazy(() =>
  import('./recovery-list.tsx').then(
    (loaded) => ({ default: loaded.RecoveryList }),
    // The same file picked again goes on all the same.
    () => ({ default: () => null }),
  ),
);

/**
 * Offers to continue what an earlier page began: in words, with *Continue* and *Discard*. Nothing while there is
 * nothing to continue. `data-count` is how many there are.
 */
export const UploadRecovery = forwardRef<HTMLElement, RecoveryProps>(function UploadRecovery(props, ref) {
  const { recovery } = useUploadContext();
  return (
    useStore(recovery).length > 0 && (
      <Suspense>
        <RecoveryList {...props} sectionRef={ref} />
      </Suspense>
    )
  );
});
