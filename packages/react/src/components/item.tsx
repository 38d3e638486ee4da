'use client';
import { forwardRef, useContext, useImperativeHandle, useRef } from 'react';
import { useBrowserLayoutEffect } from '../hooks/use-browser-layout-effect.ts';
import { useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { ItemContext, RowContext, type RowPlace } from '../state/context.ts';
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
  const place = useContext(RowContext);
  const { measure, index } = place ?? {};
  // The list finds the row's index on the element, so it has to look again when that changes.
  useBrowserLayoutEffect(() => measure?.(own.current), [measure, index]);
  return (
    <ItemContext.Provider value={id}>
      {renderPart(
        'li',
        {
          ...props,
          ...(place && placed(place, props.style)),
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

/** Screen readers are told of the rows that are not there. */
function placed({ index, count, start }: RowPlace, style: UploadItemProps['style']) {
  return {
    'data-index': index,
    'aria-posinset': index + 1,
    'aria-setsize': count,
    style: { ...style, position: 'absolute', insetInline: 0, insetBlockStart: 0, transform: `translateY(${start}px)` },
  } as const;
}
