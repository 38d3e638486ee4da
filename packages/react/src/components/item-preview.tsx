'use client';
import { arriving } from '@portage/uppy';
import { forwardRef } from 'react';
import { useFileInfo, useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId } from '../state/context.ts';
import { fileKind } from '../state/file-kind.ts';
import { classNames } from './class-names.ts';
import type { ItemPictureProps } from './item-picture.tsx';
import { KindIcon } from './kind-icon.tsx';
import { lateComponent } from './late-component.tsx';
import { type PartProps, renderPart } from './render-part.ts';

/** The icon came with the row: it stands where the code for pictures does not arrive. */
const ItemPicture = lateComponent<ItemPictureProps>(
  () => arriving(import('./item-picture.tsx')).then((loaded) => loaded.ItemPicture),
  ({ icon }) => icon,
);

/**
 * A tile with the picture, the first picture of a film, or an icon of the file's kind, and with a tick once it is stored. A
 * picture opens large with a click. See `previews` of `Upload.Root`.
 */
export const UploadItemPreview = forwardRef<HTMLSpanElement, Omit<PartProps<'span'>, 'children'>>(
  function UploadItemPreview({ className, render, ...props }, ref) {
    const id = useItemId();
    const kind = fileKind(useFileInfo(id));
    const status = useUploadSnapshot(id, (snapshot) => snapshot.status);
    const children = <ItemPicture kind={kind} icon={<KindIcon kind={kind} />} />;
    const own = { className: classNames('portage-preview', className), 'data-status': status };
    return renderPart('span', { ...props, ...own, ref, children }, render);
  },
);
