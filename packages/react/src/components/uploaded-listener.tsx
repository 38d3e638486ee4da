'use client';
import { type ReactNode, useEffect, useRef } from 'react';
import { useUploadContext } from '../state/context.ts';

/** A file that is stored. */
export interface UploadedFile {
  /** Uppy's id of the file. */
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** What was sent; undefined for a file that did not come from this browser. */
  readonly data: Blob | undefined;
  /** What the server answered on completion. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls `onUploaded` for each file that is stored. */
export function UploadedListener({ onUploaded }: { onUploaded: (file: UploadedFile) => void }): ReactNode {
  const { uppy } = useUploadContext();
  const latest = useRef(onUploaded);
  useEffect(() => {
    latest.current = onUploaded;
  });
  useEffect(() => {
    const onSuccess: Parameters<typeof uppy.on<'upload-success'>>[1] = (file, response) => {
      if (!file) return;
      latest.current({
        id: file.id,
        name: file.name,
        size: file.size ?? 0,
        data: file.data instanceof Blob ? file.data : undefined,
        body: response.body ?? {},
      });
    };
    uppy.on('upload-success', onSuccess);
    return () => {
      uppy.off('upload-success', onSuccess);
    };
  }, [uppy]);
  return null;
}
