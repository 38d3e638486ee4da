'use client';
import type { ReactNode } from 'react';
import { useUploadActions } from '../hooks/use-upload.ts';
import { useUploadContext } from '../state/context.ts';
import { pickedFiles } from '../state/dropped-files.ts';
import { learnSizes } from '../state/learn-sizes.ts';

/** The one file input of a provider. Buttons open it; itself it is neither seen nor reached by keyboard. */
export function FileInput(): ReactNode {
  const { uppy, inputRef, disabled } = useUploadContext();
  const { addFiles } = useUploadActions();
  const { allowedFileTypes, maxNumberOfFiles } = uppy.opts.restrictions;
  return (
    <input
      ref={inputRef}
      type="file"
      hidden
      disabled={disabled}
      multiple={maxNumberOfFiles !== 1}
      accept={allowedFileTypes?.join(',')}
      onChange={(event) => {
        const files = pickedFiles(event.currentTarget.files ?? []);
        if (files.length > 0) learnSizes(files).then(() => addFiles(files));
        // So that the same file can be picked again.
        event.currentTarget.value = '';
      }}
    />
  );
}
