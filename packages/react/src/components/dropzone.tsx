'use client';
import { forwardRef, useMemo } from 'react';
import { type UseDropzoneOptions, useDropzone } from '../hooks/use-dropzone.ts';
import { classNames, flag } from './class-names.ts';
import { joined, type PartProps, renderPart } from './render-part.ts';

export type UploadDropzoneProps = PartProps<'div'> & UseDropzoneOptions;

/**
 * Takes files by drop, paste and click. Put an `Upload.Trigger` inside: it is what the keyboard reaches.
 * `data-dragging` while files are over it, `data-disabled` while it takes none.
 */
export const UploadDropzone = forwardRef<HTMLDivElement, UploadDropzoneProps>(function UploadDropzone(
  { disabled, directory, paste, className, render, ...props },
  ref,
) {
  const { getRootProps, isDragging, isDisabled } = useDropzone({ disabled, directory, paste });
  const { ref: zoneRef, ...root } = getRootProps(props);
  return renderPart(
    'div',
    {
      ...root,
      ref: useMemo(() => joined([zoneRef, ref]), [zoneRef, ref]),
      className: classNames('portage-dropzone', className),
      'data-dragging': flag(isDragging),
      'data-disabled': flag(isDisabled),
    },
    render,
  );
});
