'use client';
import { useCallback, useSyncExternalStore } from 'react';
import { useUploadContext } from '../state/context.ts';
import type { OutsideSums } from '../state/outside-files.ts';

/**
 * What is in front of Uppy and behind it, where files are many: how many wait for their turn, and how many are done and
 * were taken out. Both 0 up to 100 files.
 */
export function useUploadQueue(): OutsideSums {
  const { queue } = useUploadContext();
  const subscribe = useCallback((listener: () => void) => queue.outside.subscribe(listener), [queue]);
  const get = () => queue.outside.sums;
  return useSyncExternalStore(subscribe, get, get);
}
