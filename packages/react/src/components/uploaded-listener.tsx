'use client';
import { type ReactNode, useInsertionEffect, useRef } from 'react';
import { useUploadContext } from '../state/context.ts';
import { type UploadedFile, uploadedFile } from '../state/uploaded-file.ts';

export type { UploadedFile };

/** Calls `onUploaded` for each file that is stored, also while the component is hidden: hence the kind of effect. */
export function UploadedListener({ onUploaded }: { onUploaded: (file: UploadedFile) => void }): ReactNode {
  const { uppy } = useUploadContext();
  const latest = useRef(onUploaded);
  useInsertionEffect(() => {
    latest.current = onUploaded;
  });
  useInsertionEffect(() => {
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
