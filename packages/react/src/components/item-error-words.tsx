'use client';
import type { UploadError } from '@portage/uppy';
import type { ReactNode } from 'react';
import { useUploadContext } from '../state/context.ts';
import { errorText } from '../text/error-text.ts';

/** A failure in the words of the catalogue. */
export function ItemErrorWords({ error }: { readonly error: UploadError }): ReactNode {
  const { strings } = useUploadContext();
  const { title, message, hint } = errorText(error, strings);
  return (
    <>
      <strong className="portage-error-title">{title}</strong>
      <span> {message}</span>
      <span className="portage-error-hint"> {hint}</span>
    </>
  );
}
