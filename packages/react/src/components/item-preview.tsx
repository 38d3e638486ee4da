'use client';
import { forwardRef } from 'react';
import { useFileInfo, useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { DoneIcon, WarningIcon } from './icons.tsx';
import { type PartProps, renderPart } from './render-part.ts';

/** A tile with the kind of file, or its preview where a plugin has made one, and with a tick once it is stored. Decoration: the words say the same. */
export const UploadItemPreview = forwardRef<HTMLSpanElement, Omit<PartProps<'span'>, 'children'>>(
  function UploadItemPreview({ className, render, ...props }, ref) {
    const id = useItemId();
    const { name, preview } = useFileInfo(id);
    const status = useUploadSnapshot(id, (snapshot) => snapshot.status);
    const children = (
      <>
        {preview ? (
          <img className="portage-preview-image" src={preview} alt="" />
        ) : (
          <span className="portage-preview-kind">{kindOf(name)}</span>
        )}
        {status === 'complete' && (
          <span className="portage-badge">
            <DoneIcon />
          </span>
        )}
        {status === 'failed' && (
          <span className="portage-badge">
            <WarningIcon />
          </span>
        )}
      </>
    );
    const own = { className: classNames('portage-preview', className), 'data-status': status };
    return renderPart('span', { 'aria-hidden': true, ...props, ...own, ref, children }, render);
  },
);

/** `PDF` for `report.pdf`; a dot where there is no short extension. */
export function kindOf(name: string): string {
  return /[^.]\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toUpperCase() ?? '•';
}
