'use client';
import { useCallback, useSyncExternalStore } from 'react';
import { useUploadContext } from '../state/context.ts';

/** What the server has answered to ask by how far the processing of this file is; undefined until it is stored. */
export function useProcessingToken(fileId: string): string | undefined {
  const { uppy, queue } = useUploadContext();
  const subscribe = useCallback(
    (onChange: () => void) => {
      uppy.on('upload-success', onChange);
      return () => {
        uppy.off('upload-success', onChange);
      };
    },
    [uppy],
  );
  const read = () => queue.said(fileId, 'processing');
  return useSyncExternalStore(subscribe, read, () => undefined);
}
