'use client';
import { arriving } from '@portage/uppy';
import { forwardRef } from 'react';
import { useFileInfo, useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { lateComponent } from './late-component.tsx';
import { type PartProps, renderPart } from './render-part.ts';

/** Until the code is there the letters of the file's kind stand. */
const ItemPicture = lateComponent<{ readonly kind: string }>(
  () => arriving(import('./item-picture.tsx')).then((loaded) => loaded.ItemPicture),
  ({ kind }) => (
    <span className="portage-preview-kind" aria-hidden="true">
      {kind}
    </span>
  ),
);

/**
 * A tile with the picture, the first picture of a film, or an icon of the file's kind, and with a tick once it is stored. A
 * picture opens large with a click. See `previews` of `Upload.Root`.
 */
export const UploadItemPreview = forwardRef<HTMLSpanElement, Omit<PartProps<'span'>, 'children'>>(
  function UploadItemPreview({ className, render, ...props }, ref) {
    const id = useItemId();
    const { name } = useFileInfo(id);
    const status = useUploadSnapshot(id, (snapshot) => snapshot.status);
    const children = <ItemPicture kind={kindOf(name)} />;
    const own = { className: classNames('portage-preview', className), 'data-status': status };
    return renderPart('span', { ...props, ...own, ref, children }, render);
  },
);

/** `PDF` for `report.pdf`; a dot where there is no short extension. */
export function kindOf(name: string): string {
  return /[^.]\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toUpperCase() ?? '•';
}
