'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useUploadContext } from '../state/context.ts';
import { statsOf, type UploadStats } from '../state/upload-stats.ts';
import { useStore } from './use-store.ts';

export type { UploadStats };

/** All files together. Renders again at most ten times a second. */
export function useUploadStats(): UploadStats {
  const { uploads, fileIds } = useUploadContext();
  const subscribe = useCallback((listener: () => void) => uploads.subscribeTotals(listener), [uploads]);
  const get = () => uploads.totals();
  const totals = useSyncExternalStore(subscribe, get, get);
  const total = useStore(fileIds).length;
  return useMemo(() => statsOf(totals, total), [totals, total]);
}
