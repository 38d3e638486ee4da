'use client';
import { arriving } from '@portage/uppy';
import { forwardRef } from 'react';
import { useUpload } from '../hooks/use-upload.ts';
import { classNames } from './class-names.ts';
import { lateComponent } from './late-component.tsx';
import { type PartProps, renderPart } from './render-part.ts';

/** Loaded soon after the page, before anything is refused. */
const RefusalsBox = lateComponent<object>(
  () => arriving(import('./refusals-box.tsx')).then((loaded) => loaded.RefusalsBox),
  () => null,
);

/** Why files were not added, until the next ones are or it is dismissed. An alert: it is read out at once. */
export const UploadRefusals = forwardRef<HTMLDivElement, Omit<PartProps<'div'>, 'children'>>(function UploadRefusals(
  { className, render, ...props },
  ref,
) {
  const { refusals } = useUpload();
  const children = <RefusalsBox />;
  // The region has to be there before its text, or it is not read.
  const own = { role: 'alert', className: classNames('portage-refusals', className), 'data-count': refusals.length };
  return renderPart('div', { ...props, ...own, ref, children }, render);
});
