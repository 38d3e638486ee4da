'use client';
import { forwardRef, useImperativeHandle, useRef } from 'react';
import { useRow } from '../hooks/use-row.ts';
import { useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { ItemContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { type PartProps, renderPart } from './render-part.ts';

export interface UploadItemProps extends Omit<PartProps<'li'>, 'id'> {
  /** Uppy's id of the file, as `Upload.List` hands it out. */
  readonly id: string;
}

/** One file's row. `data-status` is its state. */
export const UploadItem = forwardRef<HTMLLIElement, UploadItemProps>(function UploadItem(
  { id, className, render, ...props },
  ref,
) {
  const status = useUploadSnapshot(id, (snapshot) => snapshot.status);
  const own = useRef<HTMLLIElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLLIElement, []);
  const row = useRow(own, props.style);
  return (
    <ItemContext.Provider value={id}>
      {renderPart(
        'li',
        {
          ...props,
          ...row,
          ref: own,
          className: classNames('portage-item', className),
          'data-portage-item': '',
          'data-status': status,
        },
        render,
      )}
    </ItemContext.Provider>
  );
});
