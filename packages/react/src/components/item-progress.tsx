'use client';
import { forwardRef } from 'react';
import { useFileInfo, useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { progressText } from '../text/status-text.ts';
import { classNames } from './class-names.ts';
import { ProgressBar } from './progress-bar.tsx';
import { type PartProps, renderPart } from './render-part.ts';

type DivProps = Omit<PartProps<'div'>, 'children' | 'role'>;

/** The file's progress bar. `data-status` is the file's state. */
export const UploadItemProgress = forwardRef<HTMLDivElement, DivProps>(function UploadItemProgress(props, ref) {
  const id = useItemId();
  const { name } = useFileInfo(id);
  const { strings, format } = useUploadContext();
  const snapshot = useUploadSnapshot(id, (current) => current);
  return (
    <ProgressBar
      aria-label={strings.progressOf(name)}
      {...props}
      ref={ref}
      progress={snapshot.progress}
      text={progressText(snapshot, strings, format)}
      data-status={snapshot.status}
    />
  );
});

/** The file's progress in percent, as text. The bar says it to screen readers. */
export const UploadItemPercent = forwardRef<HTMLSpanElement, Omit<PartProps<'span'>, 'children'>>(
  function UploadItemPercent({ className, render, ...props }, ref) {
    const percent = useUploadSnapshot(useItemId(), ({ progress }) =>
      progress.unseen ? undefined : Math.floor(progress.percent),
    );
    const { format } = useUploadContext();
    const children = percent === undefined ? undefined : format.percent(percent);
    const own = { className: classNames('portage-percent', className), children };
    return renderPart('span', { 'aria-hidden': true, ...props, ...own, ref }, render);
  },
);
