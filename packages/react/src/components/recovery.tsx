'use client';
import { arriving } from '@portage/uppy';
import { forwardRef } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { lateComponent } from './late-component.tsx';
import type { RecoveryListProps, RecoveryProps } from './recovery-list.tsx';

/** Loaded when there is something to offer. Without it the same file picked again goes on all the same. */
const RecoveryList = lateComponent<RecoveryListProps>(
  () => arriving(import('./recovery-list.tsx')).then((loaded) => loaded.RecoveryList),
  () => null,
);

/**
 * Offers to continue what an earlier page began: in words, with *Continue* and *Discard*. Nothing while there is
 * nothing to continue. `data-count` is how many there are.
 */
export const UploadRecovery = forwardRef<HTMLElement, RecoveryProps>(function UploadRecovery(props, ref) {
  const { recovery } = useUploadContext();
  return useStore(recovery).length > 0 && <RecoveryList {...props} sectionRef={ref} />;
});
