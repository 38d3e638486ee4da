'use client';
import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import { useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { errorText } from '../text/error-text.ts';
import { classNames } from './class-names.ts';

/** Why the file failed and what to do, in words. Nothing while it has not. `data-code` is the error's code. */
export const UploadItemError = forwardRef<HTMLDivElement, Omit<ComponentPropsWithoutRef<'div'>, 'children'>>(
  function UploadItemError({ className, ...props }, ref) {
    const id = useItemId();
    const { strings } = useUploadContext();
    const isFailed = useUploadSnapshot(id, ({ status }) => status === 'failed');
    const error = useUploadSnapshot(id, (snapshot) => snapshot.error);
    if (!isFailed) return null;
    const text = error && errorText(error, strings);
    return (
      <div {...props} ref={ref} className={classNames('portage-error', className)} data-code={error?.code}>
        <strong className="portage-error-title">{text?.title ?? strings.failedTitle}</strong>
        {text && <span> {text.message}</span>}
        {text && <span className="portage-error-hint"> {text.hint}</span>}
      </div>
    );
  },
);
