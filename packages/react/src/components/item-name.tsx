'use client';
import { forwardRef } from 'react';
import { useFileInfo } from '../hooks/use-upload-file.ts';
import { useItemId } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { type PartProps, renderPart } from './render-part.ts';

/** Where a long name is cut: what it ends with stays. Not inside of a word whose letters join. */
const END = /[!-~]{0,4}\.[!-~]{1,8}$/;

/** The file's name; long ones are cut in the middle by CSS, and whole in the tooltip. */
export const UploadItemName = forwardRef<HTMLSpanElement, Omit<PartProps<'span'>, 'children'>>(function UploadItemName(
  { className, render, ...props },
  ref,
) {
  const { name, relativePath } = useFileInfo(useItemId());
  // A name may be in another direction than the page; `dir="auto"` keeps its dots and digits in place.
  const own = { dir: 'auto', title: relativePath ?? name, className: classNames('portage-name', className) };
  const end = name.length > 14 ? name.search(END) : 0;
  const children =
    end > 0 ? (
      <>
        <span className="portage-name-start">{name.slice(0, end)}</span>
        <span className="portage-name-end">{name.slice(end)}</span>
      </>
    ) : (
      name
    );
  return renderPart('span', { ...props, ...own, ref, children }, render);
});
