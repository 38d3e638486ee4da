'use client';
import { useMemo } from 'react';
import { useUploadContext } from '../state/context.ts';
import { pickFile } from '../state/pick-file.ts';
import type { UnfinishedItem } from '../state/recovery.ts';
import { useStore } from './use-store.ts';

/** What {@link useRecovery} gives. */
export interface UseRecovery {
  /** Uploads that an earlier page began and no open tab works on, the latest first. */
  readonly unfinished: readonly UnfinishedItem[];
  /**
   * Goes on with an upload; opens the picker where the browser does not know the file any more and none is given.
   * Call it from a click; one in another window than the provider's has to say `from` which element. A wrong file becomes
   * the item's `state`.
   */
  continueUpload(id: string, file?: File, from?: Element | null): Promise<void>;
  /** Throws away what the store holds of it, and the offer. */
  discardUpload(id: string): Promise<void>;
}

/** The uploads that could go on after a reload, a crash or a closed laptop. */
export function useRecovery(): UseRecovery {
  const { recovery } = useUploadContext();
  const unfinished = useStore(recovery);
  return useMemo(
    () => ({
      unfinished,
      async continueUpload(id, file, from) {
        const item = unfinished.find(({ upload }) => upload.id === id);
        const given = file ?? (item?.needsFile ? await pickFile(from?.ownerDocument) : undefined);
        if (item?.needsFile && !given) return;
        await recovery.continue(id, given);
      },
      discardUpload: recovery.discard,
    }),
    [recovery, unfinished],
  );
}
