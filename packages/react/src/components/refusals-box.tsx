'use client';
import type { Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { type ReactNode, useEffect, useState } from 'react';
import { useUpload } from '../hooks/use-upload.ts';
import { useUploadContext } from '../state/context.ts';
import { refusalText } from '../text/refusal-text.ts';
import { withName } from '../text/with-name.tsx';
import { CloseIcon } from './icons.tsx';
import { PartButton } from './part-button.tsx';

/** More than that is a wall of text; the rest is counted. */
const SHOWN = 4;

/** What is said where uploads went on in another region, by the language; it comes with the code that does it. */
type Words = Readonly<Record<string, string>>;

declare module '@uppy/core' {
  interface UppyEventMap<M extends Meta, B extends Body> {
    'portage:region-switched': (words: Words) => void;
  }
}

/** The words for it, once it has happened and until it is dismissed. */
function useRegionSwitched(uppy: Uppy): [Words | undefined, () => void] {
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    uppy.on('portage:region-switched', setWords);
    return () => {
      uppy.off('portage:region-switched', setWords);
    };
  }, [uppy]);
  return [words, () => setWords(undefined)];
}

/** What the region of the refusals has in it: beside them, a word on uploads that went on elsewhere. */
export function RefusalsBox(): ReactNode {
  const { uppy, strings, format } = useUploadContext();
  const { refusals, dismissRefusals } = useUpload();
  const [switched, dismissSwitched] = useRegionSwitched(uppy);
  if (refusals.length === 0 && !switched) return null;
  const dismiss = () => {
    dismissSwitched();
    dismissRefusals();
  };
  const shown = refusals.slice(0, SHOWN);
  return (
    <div className="portage-refusals-box">
      <ul>
        {switched && <li>{switched[strings.locale.split('-', 1)[0] ?? ''] ?? switched['en']}</li>}
        {shown.map((refusal, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may be refused with the same words, and the list only grows.
          <li key={index}>
            {withName(refusalText(refusal, strings, format), 'name' in refusal ? refusal.name : undefined)}
            {refusal.reason === 'second' && (
              <PartButton look="button" action={refusal.replace}>
                {withName(strings.replaceWith(refusal.refused), refusal.refused)}
              </PartButton>
            )}
          </li>
        ))}
        {refusals.length > SHOWN && <li>{strings.refusedMore(refusals.length - SHOWN)}</li>}
      </ul>
      <PartButton look="icon-button" action={dismiss} aria-label={strings.dismiss}>
        <CloseIcon />
      </PartButton>
    </div>
  );
}
