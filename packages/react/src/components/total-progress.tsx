'use client';
import { forwardRef, useEffect, useState } from 'react';
import { type UploadStats, useUploadStats } from '../hooks/use-upload-stats.ts';
import { useUploadContext } from '../state/context.ts';
import type { Format } from '../text/format.ts';
import { lateWords } from '../text/late-words.ts';
import { paceText } from '../text/status-text.ts';
import type { Words } from '../text/strings.ts';
import { classNames, flag } from './class-names.ts';
import { ProgressBar } from './progress-bar.tsx';
import { type PartProps, renderPart } from './render-part.ts';

/** The progress bar of all files together. Nothing while there are none. */
export const UploadTotalProgress = forwardRef<HTMLDivElement, Omit<PartProps<'div'>, 'children' | 'role'>>(
  function UploadTotalProgress(props, ref) {
    const { strings, format } = useUploadContext();
    const stats = useUploadStats();
    if (stats.total === 0) return null;
    const { progress } = stats;
    const shown = progress.unseen ? strings.unseen : format.percent(progress.percent);
    return (
      <ProgressBar
        aria-label={strings.totalProgress}
        {...props}
        ref={ref}
        progress={progress}
        text={[shown, summaryText(stats, strings)].join(', ')}
        data-active={flag(stats.active > 0)}
      />
    );
  },
);

/** One line on all files: how many are stored, how fast it goes, how long it takes or took. Nothing while there are none. */
export const UploadSummary = forwardRef<HTMLParagraphElement, Omit<PartProps<'p'>, 'children'>>(function UploadSummary(
  { className, render, ...props },
  ref,
) {
  const { strings, format } = useUploadContext();
  const stats = useUploadStats();
  const seconds = useTimeSpent(stats.active > 0);
  if (stats.total === 0) return null;
  const isDone = stats.counts.complete === stats.total && seconds > 0;
  const took = isDone && lateWords(strings).took(format.bytes(stats.progress.total), format.duration(seconds));
  const children = (
    <>
      <strong>{summaryText(stats, strings)}</strong> <span>{isDone ? took : pace(stats, strings, format)}</span>
    </>
  );
  const own = { className: classNames('portage-summary', className), 'data-active': flag(stats.active > 0) };
  return renderPart('p', { ...props, ...own, ref, children }, render);
});

/** For how many seconds something was under way, while it was seen: told when it ends. */
function useTimeSpent(isActive: boolean): number {
  const [spent, setSpent] = useState(0);
  useEffect(() => {
    if (!isActive) return;
    const start = performance.now();
    return () => setSpent((before) => before + (performance.now() - start) / 1000);
  }, [isActive]);
  return spent;
}

function pace(stats: UploadStats, strings: Words, format: Format): string {
  return stats.counts.uploading > 0 ? paceText(stats, strings, format).join(' · ') : '';
}

/** What the line says first. */
export function summaryText({ counts, total, active, waiting }: UploadStats, strings: Words): string {
  if (waiting === total) return strings.waitingCount(waiting);
  if (active + waiting > 0) return strings.uploadingCount(counts.complete, total);
  if (counts.paused > 0) return strings.pausedCount(counts.paused);
  if (counts.failed > 0) return strings.finishedWithFailures(counts.complete, counts.failed);
  return strings.allComplete(counts.complete);
}
