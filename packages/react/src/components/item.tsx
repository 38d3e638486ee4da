'use client';
import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import { useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { ItemContext } from '../state/context.ts';
import { classNames } from './class-names.ts';

export interface UploadItemProps extends Omit<ComponentPropsWithoutRef<'li'>, 'id'> {
  /** Uppy's id of the file, as `Upload.List` hands it out. */
  readonly id: string;
}

/** One file's row. `data-status` is its state. */
export const UploadItem = forwardRef<HTMLLIElement, UploadItemProps>(function UploadItem(
  { id, className, ...props },
  ref,
) {
  const status = useUploadSnapshot(id, (snapshot) => snapshot.status);
  return (
    <ItemContext.Provider value={id}>
      <li
        {...props}
        ref={ref}
        className={classNames('portage-item', className)}
        data-portage-item=""
        data-status={status}
      />
    </ItemContext.Provider>
  );
});
