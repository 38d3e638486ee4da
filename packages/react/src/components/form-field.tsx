'use client';
import { forwardRef, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadStats } from '../hooks/use-upload-stats.ts';
import { useUploadContext } from '../state/context.ts';
import { createStoredKeys } from '../state/stored-keys.ts';
import { type PartProps, renderPart } from './render-part.ts';

export interface UploadFormFieldProps extends Omit<PartProps<'div'>, 'children'> {
  /** The name that the keys of the stored files have in the form's data; one value for each file. */
  readonly name: string;
  /** Whether the form needs at least one file. @default false */
  readonly required?: boolean | undefined;
}

/** What the form was told when it was sent. */
type Verdict = 'required' | 'waits' | 'failed' | undefined;

/**
 * Makes the uploads a field of the form around it: the keys of what is stored go with it as hidden inputs, sending it
 * waits for uploads under way, and it is not sent without a file where one is required. `data-verdict` is why it was not
 * sent: `required`, `waits` or `failed`.
 */
export const UploadFormField = forwardRef<HTMLDivElement, UploadFormFieldProps>(function UploadFormField(
  { name, required = false, render, ...props },
  ref,
) {
  const { uppy, fileIds, strings, triggerRef } = useUploadContext();
  const keys = useStore(useMemo(() => createStoredKeys(uppy), [uppy]));
  const ids = useStore(fileIds);
  const { active, waiting, counts } = useUploadStats();
  const own = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLDivElement, []);
  const submitter = useRef<HTMLElement | null>(null);
  const [verdict, setVerdict] = useState<Verdict>();

  const stored = ids.filter((id) => keys.has(id));
  const isBusy = active + waiting > 0 || counts.paused > 0;
  const isMissing = required && stored.length === 0 && !isBusy;
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
      {stored.map((id) => (
        <input key={id} type="hidden" name={name} value={keys.get(id)} />
      ))}
      <p role="alert" className="portage-form-message">
        {said && words[said]}
      </p>
    </>
  );
  return renderPart('div', { ...props, ref: own, 'data-verdict': said, children }, render);
});
