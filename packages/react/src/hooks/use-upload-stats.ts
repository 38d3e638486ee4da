'use client';
import type { UploadTotals } from '@portage/uppy';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useUploadContext } from '../state/context.ts';
import { UNDER_WAY } from '../state/under-way.ts';
import { useStore } from './use-store.ts';

/** All files together; see {@link useUploadStats}. */
export interface UploadStats extends UploadTotals {
  /** How many files are in the list. */
  readonly total: number;
  /** How many of them wait for `start()`. */
  readonly waiting: number;
  /** How many are under way: neither paused nor over. */
  readonly active: number;
}

/** All files together. Renders again at most ten times a second. */
export function useUploadStats(): UploadStats {
  const { uploads, fileIds } = useUploadContext();
  const subscribe = useCallback((listener: () => void) => uploads.subscribeTotals(listener), [uploads]);
  const get = () => uploads.totals();
  const totals = useSyncExternalStore(subscribe, get, get);
  const total = useStore(fileIds).length;
  return useMemo(() => {
    const { counts } = totals;
    const known = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const active = UNDER_WAY.reduce((sum, status) => sum + counts[status], 0);
    return { ...totals, total, active, waiting: Math.max(0, total - known) };
  }, [totals, total]);
}
