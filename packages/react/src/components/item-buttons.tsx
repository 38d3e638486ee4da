'use client';
import { forwardRef } from 'react';
import { useFileActions, useFileInfo, useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { nextStep } from '../state/file-actions.ts';
import { CloseIcon, PauseIcon, ResumeIcon, RetryIcon } from './icons.tsx';
import { PartButton, type PartButtonProps } from './part-button.tsx';

/**
 * Pauses the file, and resumes it: one button, so that focus stays on it. Nothing where neither makes sense.
 * `data-paused` while it would resume.
 */
export const UploadItemPause = forwardRef<HTMLButtonElement, PartButtonProps>(function UploadItemPause(props, ref) {
  const id = useItemId();
  const { strings } = useUploadContext();
  const { name, isRemote } = useFileInfo(id);
  const { pause, resume } = useFileActions(id);
  const step = useUploadSnapshot(id, ({ status }) => nextStep(status));
  if (isRemote || (step !== 'pause' && step !== 'resume')) return null;
  const isPaused = step === 'resume';
  return (
    <PartButton
      look="icon-button"
      aria-label={isPaused ? strings.resume(name) : strings.pause(name)}
      data-paused={isPaused ? '' : undefined}
      {...props}
      ref={ref}
      action={isPaused ? resume : pause}
    >
      {props.children ?? (isPaused ? <ResumeIcon /> : <PauseIcon />)}
    </PartButton>
  );
});

/** Starts the failed upload again. Nothing while it has not failed, or where only another file would help. */
export const UploadItemRetry = forwardRef<HTMLButtonElement, PartButtonProps>(function UploadItemRetry(props, ref) {
  const id = useItemId();
  const { strings } = useUploadContext();
  const { name } = useFileInfo(id);
  const { retry } = useFileActions(id);
  const canRetry = useUploadSnapshot(id, ({ status, error }) => status === 'failed' && error?.retryable !== false);
  if (!canRetry) return null;
  return (
    <PartButton look="button" aria-label={strings.retry(name)} {...props} ref={ref} action={retry}>
      {props.children ?? (
        <>
          <RetryIcon />
          {strings.retryShort}
        </>
      )}
    </PartButton>
  );
});

/** Cancels the upload, or takes the finished file out of the list. Beside `Upload.Undo` that can be undone for a while. */
export const UploadItemRemove = forwardRef<HTMLButtonElement, PartButtonProps>(function UploadItemRemove(props, ref) {
  const id = useItemId();
  const { strings, removalsRef } = useUploadContext();
  const { name } = useFileInfo(id);
  const { remove } = useFileActions(id);
  const isOver = useUploadSnapshot(
    id,
    ({ status }) => status === 'complete' || status === 'failed' || status === 'canceled',
  );
  return (
    <PartButton
      look="icon-button"
      aria-label={isOver ? strings.remove(name) : strings.cancel(name)}
      {...props}
      ref={ref}
      action={() => (removalsRef.current ? removalsRef.current.remove([id]) : remove())}
    >
      {props.children ?? <CloseIcon />}
    </PartButton>
  );
});
