'use client';
import { forwardRef } from 'react';
import { useUpload } from '../hooks/use-upload.ts';
import { useUploadContext } from '../state/context.ts';
import { refusalText } from '../state/refusal.ts';
import { classNames } from './class-names.ts';
import { CloseIcon } from './icons.tsx';
import { PartButton } from './part-button.tsx';
import { type PartProps, renderPart } from './render-part.ts';

/** More than that is a wall of text; the rest is counted. */
const SHOWN = 4;

/** Why files were not added, until the next ones are or it is dismissed. An alert: it is read out at once. */
export const UploadRefusals = forwardRef<HTMLDivElement, Omit<PartProps<'div'>, 'children'>>(function UploadRefusals(
  { className, render, ...props },
  ref,
) {
  const { strings, format } = useUploadContext();
  const { refusals, dismissRefusals } = useUpload();
  const shown = refusals.slice(0, SHOWN);
  const children = refusals.length > 0 && (
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
  // The region has to be there before its text, or it is not read.
  const own = { role: 'alert', className: classNames('portage-refusals', className), 'data-count': refusals.length };
  return renderPart('div', { ...props, ...own, ref, children }, render);
});
