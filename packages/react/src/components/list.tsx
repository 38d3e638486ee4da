'use client';
import { arriving } from '@portage/uppy';
import { Fragment, forwardRef, type ReactNode, type Ref, useDeferredValue, useState } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { lateComponent } from './late-component.tsx';
import { type PartProps, renderPart } from './render-part.ts';

/** Rows that are shown until the code for long lists is there. */
const FIRST_ROWS = 20;

export interface UploadListProps extends Omit<PartProps<'ul'>, 'children'> {
  /** Renders one row; an `Upload.Item` with that id. */
  readonly children: (id: string) => ReactNode;
  /**
   * From how many files on the list scrolls by itself, and only the rows that are seen are rendered, also those of a grid. Its
   * height is `--portage-list-height`. `Infinity` for never. @default 100
   */
  readonly virtualFrom?: number | undefined;
}

/**
 * The files, as they came, or in the order that a person gave them in a gallery. Renders again only when one comes, goes or moves;
 * nothing while there are none.
 */
export const UploadList = forwardRef<HTMLUListElement, UploadListProps>(function UploadList(
  { className, children, virtualFrom = 100, ...props },
  ref,
) {
  const { fileIds, strings } = useUploadContext();
  const ids = useDeferredValue(useStore(fileIds));
  if (ids.length === 0) return null;
  const own = { className: classNames('portage-list', className), 'data-count': ids.length };
  return (
    <Rows aria-label={strings.uploads} {...props} {...own} ref={ref} ids={ids} virtualFrom={virtualFrom}>
      {children}
    </Rows>
  );
});

interface PlainListProps extends Omit<UploadListProps, 'virtualFrom'> {
  readonly ids: readonly string[];
}

/** One row for each id: in a list that scrolls by itself, once there are so many. */
export const Rows = forwardRef(function Rows(
  { virtualFrom, ...props }: PlainListProps & { readonly virtualFrom: number },
  ref: Ref<HTMLUListElement>,
) {
  const isVirtual = useSticky(props.ids.length >= virtualFrom);
  return isVirtual ? <VirtualList {...props} ref={ref} /> : <PlainList {...props} ref={ref} />;
});

const PlainList = forwardRef(function PlainList(
  { ids, children, render, ...props }: PlainListProps,
  ref: Ref<HTMLUListElement>,
) {
  const rows = ids.map((id) => <Fragment key={id}>{children(id)}</Fragment>);
  return renderPart('ul', { ...props, ref, children: rows }, render);
});

const VirtualList = lateComponent<PlainListProps, HTMLUListElement>(
  () => arriving(import('./virtual-list.tsx')).then((loaded) => loaded.VirtualList),
  ({ ids, ...props }, ref) => <PlainList {...props} ref={ref} ids={ids.slice(0, FIRST_ROWS)} />,
);

/** Once on, on for as long as there are rows: a list that turned back with each row that goes would lose the focus. */
function useSticky(on: boolean): boolean {
  const [isOn, setOn] = useState(on);
  if (on && !isOn) setOn(true);
  return on || isOn;
}
