'use client';
import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import { useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';

/** Why the file failed and what to do, in words. Nothing while it has not. `data-code` is the error's code. */
export const UploadItemError = forwardRef<HTMLDivElement, Omit<ComponentPropsWithoutRef<'div'>, 'children'>>(
  function UploadItemError({ className, ...props }, ref) {
    const id = useItemId();
    const { strings } = useUploadContext();
    const isFailed = useUploadSnapshot(id, ({ status }) => status === 'failed');
    const error = useUploadSnapshot(id, (snapshot) => snapshot.error);
    if (!isFailed) return null;
    return (
      <div {...props} ref={ref} className={classNames('portage-error', className)} data-code={error?.code}>
        <strong className="portage-error-title">{strings.failedTitle}</strong>
        {error && <span> {error.message}</span>}
        {error && <span className="portage-error-hint"> {error.hint}</span>}
      </div>
    );
  },
);
