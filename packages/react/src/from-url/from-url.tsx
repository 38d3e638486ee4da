'use client';
import { arriving } from '@portage/uppy';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { classNames } from '../components/class-names.ts';
import { useUploadContext } from '../state/context.ts';
import { whenLoaded } from '../state/when-loaded.ts';
import type { CompanionServer } from './add-from-url.ts';
import { type FromUrlWords, fromUrlWords } from './from-url-words.ts';
import { addressOf, type FromUrlProblem, problemOf } from './problem.ts';

type Code = typeof import('./add-from-url.ts');

/** Asked for until it is there: without it there are no words either. Returns what ends the asking. */
const withCode = (use: (code: Code) => void): (() => void) =>
  whenLoaded(
    () => arriving(import('./add-from-url.ts')),
    (code) => {
      use(code);
      return () => {};
    },
  );

/** Props of {@link FromUrl}. */
export interface FromUrlProps extends CompanionServer {
  /** Class names for its outermost element. */
  readonly className?: string | undefined;
  /** Words of your own, all or some. @default those of the language of the uploader */
  readonly words?: Partial<FromUrlWords> | undefined;
}

/**
 * A field for the address of a file on the web, and a button that adds it: a Companion server fetches it, and sends it to the store. The
 * uploader has to be one that works with Companion: a `PortageS3` with `companionEndpoint`, `signRequest` or `getCredentials`. An upload
 * server of Portage cannot be told of such files, and their rows say so.
 *
 * @example
 * <UploadProvider uppy={uppy}>
 *   <UploaderPanel>
 *     <FromUrl companionUrl="https://companion.example.com" />
 *   </UploaderPanel>
 * </UploadProvider>
 */
export function FromUrl({ className, words: own, ...server }: FromUrlProps): ReactNode {
  const { uppy, strings, disabled } = useUploadContext();
  const words = useMemo(() => ({ ...fromUrlWords(strings.locale), ...own }), [strings, own]);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const stopAsking = useRef<() => void>(undefined);
  useEffect(() => () => stopAsking.current?.(), []);

  const add = async (): Promise<void> => {
    if (isBusy) return;
    setProblem(undefined);
    setIsBusy(true);
    // Not once the server has answered: the person may be elsewhere by then.
    input.current?.focus();
    const { addFromUrl, problemWords } = await new Promise<Code>((ready) => {
      stopAsking.current = withCode(ready);
    });
    const fail = (met: FromUrlProblem): void => setProblem({ ...problemWords(strings.locale), ...own?.problems }[met]);
    const url = addressOf(text);
    try {
      // What the limits refuse stays in the field: its reason is among the refusals.
      if (!url) fail('address');
      else if (await addFromUrl(uppy, server, url)) setText((now) => (now === text ? '' : now));
    } catch (error) {
      uppy.log(error as Error, 'warning');
      fail(problemOf(error));
    }
    setIsBusy(false);
  };
  // Not a form: there may be one around it, and that one must not be sent.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void add();
  };

  return (
    <div className={classNames('portage-fields', className)}>
      <label htmlFor={`${id}field`}>{words.label}</label>
      <div className="portage-dropzone-buttons">
        <input
          ref={input}
          id={`${id}field`}
          // Not `url`: what is begun here must not keep the form around it from being sent.
          type="text"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          // Of itself it is as wide as twenty letters, which a phone with large ones is not.
          style={{ flex: 1, inlineSize: 0 }}
          value={text}
          disabled={disabled}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem && `${id}problem`}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="portage-button"
          disabled={disabled}
          aria-disabled={isBusy || undefined}
          onClick={() => void add()}
        >
          {isBusy ? words.busy : words.add}
        </button>
      </div>
      <span id={`${id}problem`} role="alert" className="portage-form-message">
        {problem}
      </span>
    </div>
  );
}
