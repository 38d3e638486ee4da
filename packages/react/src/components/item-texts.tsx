'use client';
import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import { useCountdown } from '../hooks/use-countdown.ts';
import { useFileInfo, useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { statusText } from '../text/status-text.ts';
import { classNames } from './class-names.ts';

type SpanProps = Omit<ComponentPropsWithoutRef<'span'>, 'children'>;

/** The file's name; long ones are cut by CSS and whole in the tooltip. */
export const UploadItemName = forwardRef<HTMLSpanElement, SpanProps>(function UploadItemName(
  { className, ...props },
  ref,
) {
  const { name, relativePath } = useFileInfo(useItemId());
  return (
    // A name may be in another direction than the page; `dir="auto"` keeps its dots and digits in place.
    <span
      {...props}
      ref={ref}
      dir="auto"
      title={relativePath ?? name}
      className={classNames('portage-name', className)}
    >
      {name}
    </span>
  );
});

/** The file's size. */
export const UploadItemSize = forwardRef<HTMLSpanElement, SpanProps>(function UploadItemSize(
  { className, ...props },
  ref,
) {
  const { size } = useFileInfo(useItemId());
  const { format } = useUploadContext();
  return (
    <span {...props} ref={ref} className={classNames('portage-size', className)}>
      {format.bytes(size)}
    </span>
  );
});

/** What is happening, in words: bytes, speed and time left, or why it waits. */
export const UploadItemStatus = forwardRef<HTMLSpanElement, SpanProps>(function UploadItemStatus(
  { className, ...props },
  ref,
) {
  const snapshot = useUploadSnapshot(useItemId(), (current) => current);
  const { strings, format } = useUploadContext();
  const secondsToRetry = useCountdown(snapshot.retryAt);
  return (
    <span {...props} ref={ref} className={classNames('portage-status', className)} data-status={snapshot.status}>
      {statusText(snapshot, strings, format, secondsToRetry)}
    </span>
  );
});
