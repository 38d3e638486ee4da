'use client';
import { forwardRef } from 'react';
import { useUploadActions } from '../hooks/use-upload.ts';
import { useUploadStats } from '../hooks/use-upload-stats.ts';
import { useUploadContext } from '../state/context.ts';
import { PartButton, type PartButtonProps } from './part-button.tsx';

/** Pauses all, and resumes all: one button, so that focus stays on it. Nothing where there is neither to do. */
export const UploadPauseAll = forwardRef<HTMLButtonElement, PartButtonProps>(function UploadPauseAll(props, ref) {
  const { strings } = useUploadContext();
  const { pauseAll, resumeAll } = useUploadActions();
  const { active, counts } = useUploadStats();
  if (active - counts.verifying <= 0 && counts.paused === 0) return null;
  const isPaused = active - counts.verifying <= 0;
  return (
    <PartButton look="button" {...props} ref={ref} action={isPaused ? resumeAll : pauseAll}>
      {props.children ?? (isPaused ? strings.resumeAll : strings.pauseAll)}
    </PartButton>
  );
});

/** Starts the failed files again. Nothing while none failed. */
export const UploadRetryAll = forwardRef<HTMLButtonElement, PartButtonProps>(function UploadRetryAll(props, ref) {
  const { strings } = useUploadContext();
  const { retryAll } = useUploadActions();
  const { counts } = useUploadStats();
  if (counts.failed === 0) return null;
  return (
    <PartButton look="button" {...props} ref={ref} action={retryAll}>
      {props.children ?? strings.retryAll}
    </PartButton>
  );
});

/** Takes the finished files out of the list. Nothing while none is finished. */
export const UploadClear = forwardRef<HTMLButtonElement, PartButtonProps>(function UploadClear(props, ref) {
  const { strings } = useUploadContext();
  const { clear } = useUploadActions();
  const { counts } = useUploadStats();
  if (counts.complete + counts.canceled === 0) return null;
  return (
    <PartButton look="button" {...props} ref={ref} action={clear}>
      {props.children ?? strings.clear}
    </PartButton>
  );
});

/** Starts what waits for it, where `autoStart` is off. Nothing while nothing waits. */
export const UploadStart = forwardRef<HTMLButtonElement, PartButtonProps>(function UploadStart(props, ref) {
  const { uppy, strings } = useUploadContext();
  const { start } = useUploadActions();
  const { waiting } = useUploadStats();
  if (waiting === 0 || uppy.opts.autoProceed) return null;
  return (
    <PartButton look="trigger" {...props} ref={ref} action={start}>
      {props.children ?? strings.start}
    </PartButton>
  );
});
