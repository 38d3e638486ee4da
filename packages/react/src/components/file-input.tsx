'use client';
import type { ReactNode } from 'react';
import { useUploadActions } from '../hooks/use-upload.ts';
import { useUploadContext } from '../state/context.ts';
import { takePicked } from '../state/take-picked.ts';

/** The one file input of a provider. Buttons open it; itself it is neither seen nor reached by keyboard. */
export function FileInput(): ReactNode {
  const { limits, inputRef, disabled, strings, refusals } = useUploadContext();
  const { addFiles } = useUploadActions();
  const { allowedFileTypes, maxNumberOfFiles } = limits;
  return (
    <input
      ref={inputRef}
      type="file"
      hidden
      // Tests of apps find it by this name.
      aria-label={strings.chooseFiles}
      disabled={disabled}
      multiple={maxNumberOfFiles !== 1}
      accept={allowedFileTypes?.join(',')}
      onChange={(event) => takePicked(event.currentTarget, addFiles, refusals)}
    />
  );
}
