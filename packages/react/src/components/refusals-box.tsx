'use client';
import type { ReactNode } from 'react';
import { useUpload } from '../hooks/use-upload.ts';
import { useUploadContext } from '../state/context.ts';
import { refusalText } from '../text/refusal-text.ts';
import { CloseIcon } from './icons.tsx';
import { PartButton } from './part-button.tsx';

/** More than that is a wall of text; the rest is counted. */
const SHOWN = 4;

/** What the region of the refusals has in it. */
export function RefusalsBox(): ReactNode {
  const { strings, format } = useUploadContext();
  const { refusals, dismissRefusals } = useUpload();
  if (refusals.length === 0) return null;
  const shown = refusals.slice(0, SHOWN);
  return (
    <div className="portage-refusals-box">
      <ul>
        {shown.map((refusal, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may be refused with the same words, and the list only grows.
          <li key={index}>
            {refusalText(refusal, strings, format)}
            {refusal.reason === 'second' && (
              <PartButton look="button" action={refusal.replace}>
                {strings.replaceWith(refusal.refused)}
              </PartButton>
            )}
          </li>
        ))}
        {refusals.length > SHOWN && <li>{strings.refusedMore(refusals.length - SHOWN)}</li>}
      </ul>
      <PartButton look="icon-button" action={dismissRefusals} aria-label={strings.dismiss}>
        <CloseIcon />
      </PartButton>
    </div>
  );
}
