'use client';
import { type ReactNode, useEffect, useRef } from 'react';
import { useUploadContext } from '../state/context.ts';
import { type UploadedFile, uploadedFile } from '../state/uploaded-file.ts';

export type { UploadedFile };

/** Calls `onUploaded` for each file that is stored. */
export function UploadedListener({ onUploaded }: { onUploaded: (file: UploadedFile) => void }): ReactNode {
  const { uppy } = useUploadContext();
  const latest = useRef(onUploaded);
  useEffect(() => {
    latest.current = onUploaded;
  });
  useEffect(() => {
    const onSuccess: Parameters<typeof uppy.on<'upload-success'>>[1] = (file, response) => {
      if (file) latest.current(uploadedFile(file, response));
    };
    uppy.on('upload-success', onSuccess);
    return () => {
      uppy.off('upload-success', onSuccess);
    };
  }, [uppy]);
  return null;
}
