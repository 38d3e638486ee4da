'use client';
import { Fragment, forwardRef, lazy, type ReactNode, type Ref, Suspense, useDeferredValue, useState } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { type PartProps, renderPart } from './render-part.ts';

/** Loaded for a list that needs it. */
const VirtualList = lazy(() =>
  import('./virtual-list.tsx').then(
    (loaded) => ({ default: loaded.VirtualList }),
    // Code that did not arrive must not take the page down: a plain list of that length is slow, and right.
    () => ({ default: PlainList }),
  ),
);

/** Rows that are shown until that code is there. */
const FIRST_ROWS = 20;

export interface UploadListProps extends Omit<PartProps<'ul'>, 'children'> {
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
  const ids = useDeferredValue(useStore(fileIds));
  const isVirtual = useSticky(ids.length >= virtualFrom, ids.length === 0);
  if (ids.length === 0) return null;
  const own = { className: classNames('portage-list', className), 'data-count': ids.length };
  const list = { 'aria-label': strings.uploads, ...props, ...own };
  if (isVirtual) {
    const firstRows = (
      <PlainList {...list} ids={ids.slice(0, FIRST_ROWS)}>
        {children}
      </PlainList>
    );
    return (
      <Suspense fallback={firstRows}>
        <VirtualList {...list} ref={ref} ids={ids}>
          {children}
        </VirtualList>
      </Suspense>
    );
  }
  return (
    <PlainList {...list} ref={ref} ids={ids}>
      {children}
    </PlainList>
  );
});

interface RowsProps extends Omit<UploadListProps, 'virtualFrom'> {
  readonly ids: readonly string[];
}

const PlainList = forwardRef(function PlainList(
  { ids, children, render, ...props }: RowsProps,
  ref: Ref<HTMLUListElement>,
) {
  const rows = ids.map((id) => <Fragment key={id}>{children(id)}</Fragment>);
  return renderPart('ul', { ...props, ref, children: rows }, render);
});

/** Once on, on until `off`: a list that turned back with each row that goes would lose the focus. */
function useSticky(on: boolean, off: boolean): boolean {
  const [isOn, setOn] = useState(on);
  const next = on || (isOn && !off);
  if (next !== isOn) setOn(next);
  return next;
}
