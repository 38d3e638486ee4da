'use client';
import { useCallback, useSyncExternalStore } from 'react';
import { useUploadContext } from '../state/context.ts';

/** What the server has answered to ask by how far the processing of this file is; undefined until it is stored. */
export function useProcessingToken(fileId: string): string | undefined {
  const { uppy } = useUploadContext();
  const subscribe = useCallback(
    (onChange: () => void) => {
      uppy.on('upload-success', onChange);
      return () => {
        uppy.off('upload-success', onChange);
      };
    },
    [uppy],
  );
  const read = () => {
    const token: unknown = (uppy.getFile(fileId)?.response?.body as Record<string, unknown> | undefined)?.[
      'processing'
    ];
    return typeof token === 'string' ? token : undefined;
  };
  return useSyncExternalStore(subscribe, read, () => undefined);
}
