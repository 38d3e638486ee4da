'use client';
import { arriving, type UploadError } from '@portage/uppy';
import { forwardRef } from 'react';
import { useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { lateComponent } from './late-component.tsx';
import { type PartProps, renderPart } from './render-part.ts';

/** Until the code is there the error speaks for itself. */
const ItemErrorWords = lateComponent<{ readonly error: UploadError }>(
  () => arriving(import('./item-error-words.tsx')).then((loaded) => loaded.ItemErrorWords),
  ({ error }) => `${error.message} ${error.hint}`,
);

/** Why the file failed and what to do, in words. Nothing while it has not. `data-code` is the error's code. */
export const UploadItemError = forwardRef<HTMLDivElement, Omit<PartProps<'div'>, 'children'>>(function UploadItemError(
  { className, render, ...props },
  ref,
) {
  const id = useItemId();
  const { strings } = useUploadContext();
  const isFailed = useUploadSnapshot(id, ({ status }) => status === 'failed');
  const error = useUploadSnapshot(id, (snapshot) => snapshot.error);
  if (!isFailed) return null;
  const children = error ? <ItemErrorWords error={error} /> : strings.failedTitle;
  const own = { className: classNames('portage-error', className), 'data-code': error?.code };
  return renderPart('div', { ...props, ...own, ref, children }, render);
});
