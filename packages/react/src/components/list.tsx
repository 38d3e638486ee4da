'use client';
import { type ComponentPropsWithoutRef, Fragment, forwardRef, type ReactNode, useState } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { VirtualList } from './virtual-list.tsx';

export interface UploadListProps extends Omit<ComponentPropsWithoutRef<'ul'>, 'children'> {
  /** Renders one row; an `Upload.Item` with that id. */
  readonly children: (id: string) => ReactNode;
  /**
   * From how many files on the list scrolls by itself, and only the rows that are seen are rendered. Its height is
   * `--portage-list-height`. `Infinity` for never. @default 100
   */
  readonly virtualFrom?: number | undefined;
}

/** The files, in the order they were added. Renders again only when one comes or goes; nothing while there are none. */
export const UploadList = forwardRef<HTMLUListElement, UploadListProps>(function UploadList(
  { className, children, virtualFrom = 100, ...props },
  ref,
) {
  const { fileIds, strings } = useUploadContext();
  const ids = useStore(fileIds);
  const isVirtual = useSticky(ids.length >= virtualFrom, ids.length === 0);
  if (ids.length === 0) return null;
  const list = { 'aria-label': strings.uploads, ...props, className: classNames('portage-list', className) };
  if (isVirtual) {
    return (
      <VirtualList {...list} ref={ref} ids={ids}>
        {children}
      </VirtualList>
    );
  }
  return (
    <ul {...list} ref={ref}>
      {ids.map((id) => (
        <Fragment key={id}>{children(id)}</Fragment>
      ))}
    </ul>
  );
});

/** Once on, on until `off`: a list that turned back with each row that goes would lose the focus. */
function useSticky(on: boolean, off: boolean): boolean {
  const [isOn, setOn] = useState(on);
  const next = on || (isOn && !off);
  if (next !== isOn) setOn(next);
  return next;
}
