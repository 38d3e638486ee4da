'use client';
import { forwardRef, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadActions } from '../hooks/use-upload.ts';
import { useUploadStats } from '../hooks/use-upload-stats.ts';
import { useUploadContext } from '../state/context.ts';
import { createFileActions } from '../state/file-actions.ts';
import { type PartProps, renderPart } from './render-part.ts';

export interface UploadFormFieldProps extends Omit<PartProps<'div'>, 'children'> {
  /** The name that the keys of the stored files have in the form's data; one value for each file. */
  readonly name: string;
  /** Whether the form needs at least one file. @default false */
  readonly required?: boolean | undefined;
  /**
   * The keys, for an app or a form library that holds them itself. Those of files that are not in the list are kept; a
   * file whose key is taken out leaves the list. @default the keys of the files in the list
   */
  readonly value?: readonly string[] | undefined;
  /** Called with all keys when a file was stored, or when one that is stored was taken out of the list. @default nobody */
  readonly onValueChange?: ((keys: readonly string[]) => void) | undefined;
}

/** What the form was told when it was sent. */
type Verdict = 'required' | 'waits' | 'failed' | undefined;

/**
 * Makes the uploads a field of the form around it: the keys of what is stored go with it as hidden inputs, sending it
 * waits for uploads under way, and it is not sent without a file where one is required. When the form is reset, the files
 * that are stored leave the list. `data-verdict` is why it was not sent: `required`, `waits` or `failed`.
 */
export const UploadFormField = forwardRef<HTMLDivElement, UploadFormFieldProps>(function UploadFormField(
  { name, required = false, value, onValueChange, render, ...props },
  ref,
) {
  const { queue, fileIds, strings, triggerRef } = useUploadContext();
  const { clear } = useUploadActions();
  const ids = useStore(fileIds);
  // Renders again when a file is stored.
  const { active, waiting, counts } = useUploadStats();
  const own = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLDivElement, []);
  const submitter = useRef<HTMLElement | null>(null);
  const [verdict, setVerdict] = useState<Verdict>();

  const stored = ids.flatMap((id) => queue.said(id, 'key') ?? []);
  const keys = value ?? stored;
  useControlledKeys(stored, value, onValueChange);
  const isBusy = active + waiting > 0 || counts.paused > 0;
  const isMissing = required && keys.length === 0 && !isBusy;
  const hasFailed = counts.failed > 0;

  useEffect(() => {
    const form = own.current?.closest('form');
    if (!form) return;
    const onSubmit = (event: SubmitEvent): void => {
      const next: Verdict = hasFailed ? 'failed' : isBusy ? 'waits' : isMissing ? 'required' : undefined;
      setVerdict(next);
      if (!next) return;
      // Nobody else is to send it meanwhile, React's own listeners included.
      event.preventDefault();
      event.stopImmediatePropagation();
      submitter.current = event.submitter;
      if (next === 'required') triggerRef.current?.focus();
    };
    form.addEventListener('submit', onSubmit, { capture: true });
    return () => form.removeEventListener('submit', onSubmit, { capture: true });
  }, [hasFailed, isBusy, isMissing, triggerRef]);

  useEffect(() => {
    const form = own.current?.closest('form');
    if (!form) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Also React's own, after a form action. Whoever hears of it later may prevent it.
    const onReset = (event: Event): void => {
      timer = setTimeout(() => {
        if (event.defaultPrevented) return;
        setVerdict(undefined);
        clear();
      });
    };
    form.addEventListener('reset', onReset);
    return () => {
      form.removeEventListener('reset', onReset);
      clearTimeout(timer);
    };
  }, [clear]);

  useEffect(() => {
    if (verdict !== 'waits' || isBusy) return;
    if (hasFailed) {
      setVerdict('failed');
      return;
    }
    // After the hidden inputs have the last key. Sending clears the verdict; clearing it here would clear this timer.
    const timer = setTimeout(() => own.current?.closest('form')?.requestSubmit(submitter.current));
    return () => clearTimeout(timer);
  }, [verdict, isBusy, hasFailed]);

  const isStale = (verdict === 'required' && !isMissing) || (verdict === 'failed' && !hasFailed);
  const words = { required: strings.formRequired, waits: strings.formUnfinished, failed: strings.formFailed };
  const said = isStale ? undefined : verdict;
  const children = (
    <>
      {keys.map((key) => (
        <input key={key} type="hidden" name={name} value={key} />
      ))}
      <p role="alert" className="portage-form-message">
        {said && words[said]}
      </p>
    </>
  );
  return renderPart('div', { ...props, ref: own, 'data-verdict': said, children }, render);
});

/** Keeps the app's own keys and the stored files of the list the same, in both directions. */
function useControlledKeys(
  stored: readonly string[],
  value: readonly string[] | undefined,
  onValueChange: ((keys: readonly string[]) => void) | undefined,
): void {
  const { uppy, queue } = useUploadContext();
  const before = useRef<{ stored: readonly string[]; value: readonly string[] | undefined }>({ stored: [], value });
  useEffect(() => {
    const last = before.current;
    before.current = { stored, value };
    if (!value && !onValueChange) return;
    // What the app took out of its keys leaves the list.
    const dropped = new Set(without(last.value ?? [], value ?? []));
    const gone = dropped.size === 0 ? [] : queue.ids().filter((id) => dropped.has(queue.said(id, 'key') ?? ''));
    for (const id of gone) createFileActions(uppy, queue, id).remove();
    const keys = value ?? last.stored;
    const kept = without(keys, without(last.stored, stored));
    const added = without(without(stored, last.stored), keys);
    if (added.length > 0 || kept.length < keys.length) onValueChange?.([...kept, ...added]);
  });
}

function without(keys: readonly string[], others: readonly string[]): readonly string[] {
  const out = new Set(others);
  return keys.filter((key) => !out.has(key));
}
