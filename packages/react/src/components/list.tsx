'use client';
import { type ComponentPropsWithoutRef, Fragment, forwardRef, type ReactNode } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';

export interface UploadListProps extends Omit<ComponentPropsWithoutRef<'ul'>, 'children'> {
  /** Renders one row; an `Upload.Item` with that id. */
  readonly children: (id: string) => ReactNode;
}

/** The files, in the order they were added. Renders again only when one comes or goes; nothing while there are none. */
export const UploadList = forwardRef<HTMLUListElement, UploadListProps>(function UploadList(
  { className, children, ...props },
  ref,
) {
  const { fileIds, strings } = useUploadContext();
  const ids = useStore(fileIds);
  if (ids.length === 0) return null;
  return (
    <ul aria-label={strings.uploads} {...props} ref={ref} className={classNames('portage-list', className)}>
      {ids.map((id) => (
        <Fragment key={id}>{children(id)}</Fragment>
      ))}
    </ul>
  );
});
