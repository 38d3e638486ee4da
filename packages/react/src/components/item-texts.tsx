'use client';
import { arriving } from '@portage/uppy';
import { forwardRef } from 'react';
import { useCountdown } from '../hooks/use-countdown.ts';
import { useFileInfo, useUploadSnapshot } from '../hooks/use-upload-file.ts';
import type { ItemProcessingProps } from '../processing/item-processing.tsx';
import { useProcessingToken } from '../processing/use-processing-token.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { statusText } from '../text/status-text.ts';
import { classNames } from './class-names.ts';
import { inParts } from './in-parts.tsx';
import { lateComponent } from './late-component.tsx';
import { type PartProps, renderPart } from './render-part.ts';

const ItemProcessing = lateComponent<ItemProcessingProps>(
  async () => (await arriving(import('../processing/item-processing.tsx'))).ItemProcessing,
  ({ children }) => children,
);

type SpanProps = Omit<PartProps<'span'>, 'children'>;

/** The file's size. */
export const UploadItemSize = forwardRef<HTMLSpanElement, SpanProps>(function UploadItemSize(
  { className, render, ...props },
  ref,
) {
  const { size } = useFileInfo(useItemId());
  const { format } = useUploadContext();
  const own = { className: classNames('portage-size', className), children: format.bytes(size) };
  return renderPart('span', { ...props, ...own, ref }, render);
});

/** What is happening, in words: bytes, speed and time left, or why it waits. */
export const UploadItemStatus = forwardRef<HTMLSpanElement, SpanProps>(function UploadItemStatus(
  { className, render, ...props },
  ref,
) {
  const snapshot = useUploadSnapshot(useItemId(), (current) => current);
  const { strings, format } = useUploadContext();
  const secondsToRetry = useCountdown(snapshot.retryAt);
  const id = useItemId();
  const { name } = useFileInfo(id);
  const token = useProcessingToken(id);
  const text = inParts(statusText(snapshot, strings, format, secondsToRetry));
  const own = {
    className: classNames('portage-status', className),
    'data-status': snapshot.status,
    children: token ? (
      <ItemProcessing id={id} name={name} token={token}>
        {text}
      </ItemProcessing>
    ) : (
      text
    ),
  };
  return renderPart('span', { ...props, ...own, ref }, render);
});
