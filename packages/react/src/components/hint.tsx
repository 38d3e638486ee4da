'use client';
import { typeNames } from '@portage/uppy';
import { forwardRef } from 'react';
import { useUploadContext } from '../state/context.ts';
import type { Limits } from '../state/refusal.ts';
import type { Format } from '../text/format.ts';
import type { Words } from '../text/strings.ts';
import { classNames } from './class-names.ts';
import { type PartProps, renderPart } from './render-part.ts';

/** Says what may be uploaded, from the restrictions. Nothing where there are none, or give it children. */
export const UploadHint = forwardRef<HTMLParagraphElement, PartProps<'p'>>(function UploadHint(
  { className, children, render, ...props },
  ref,
) {
  const { limits, strings, format } = useUploadContext();
  const content = children ?? limitsText(limits, strings, format);
  if (!content) return null;
  return renderPart(
    'p',
    { ...props, ref, className: classNames('portage-hint', className), children: content },
    render,
  );
});

function limitsText(limits: Limits, strings: Words, format: Format): string {
  return [
    limits.allowedFileTypes && strings.limitTypes(typeNames(limits.allowedFileTypes, strings.types)),
    limits.maxFileSize && strings.limitSize(format.bytes(limits.maxFileSize)),
    limits.maxNumberOfFiles && strings.limitCount(limits.maxNumberOfFiles),
  ]
    .filter(Boolean)
    .join(' · ');
}
