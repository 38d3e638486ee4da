'use client';
import { forwardRef } from 'react';
import { useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { errorText } from '../text/error-text.ts';
import { classNames } from './class-names.ts';
import { type PartProps, renderPart } from './render-part.ts';

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
  const text = error && errorText(error, strings);
  const children = (
    <>
      <strong className="portage-error-title">{text?.title ?? strings.failedTitle}</strong>
      {text && <span> {text.message}</span>}
      {text && <span className="portage-error-hint"> {text.hint}</span>}
    </>
  );
  const own = { className: classNames('portage-error', className), 'data-code': error?.code };
  return renderPart('div', { ...props, ...own, ref, children }, render);
});
