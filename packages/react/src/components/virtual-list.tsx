'use client';
import { defaultRangeExtractor, type Range, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { forwardRef, memo, type ReactNode, type SyntheticEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useBrowserLayoutEffect } from '../hooks/use-browser-layout-effect.ts';
import { RowContext, type RowPlace } from '../state/context.ts';
import { type PartProps, renderPart } from './render-part.ts';

interface VirtualListProps extends Omit<PartProps<'ul'>, 'children'> {
  readonly ids: readonly string[];
  readonly children: (id: string) => ReactNode;
}

/** Of a row, in pixels, before the first one was measured. */
const ROW_HEIGHT = 76;

/**
 * A list that scrolls by itself and holds only the rows that are seen, and the one that has the focus. Where the list's style makes
 * columns, as a gallery's does, a row has as many files.
 */
export const VirtualList = forwardRef<HTMLUListElement, VirtualListProps>(function VirtualList(
  { ids, children, style, render, role, ...props },
  ref,
) {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ gap, rowHeight }, setLook] = useState({ gap: 0, rowHeight: ROW_HEIGHT });
  const [columns, setColumns] = useState(1);
  // By its id: it may be put at another place.
  const [held, setHeld] = useState<string>();
  const heldAt = held === undefined ? -1 : ids.indexOf(held);
  const heldRow = heldAt < 0 ? undefined : Math.floor(heldAt / columns);
  const { getVirtualItems, getTotalSize, measureElement, measure } = useVirtualizer({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller.current,
    getItemKey: useCallback(
      (index: number) => (columns === 1 ? (ids[index] ?? index) : `${columns} ${index}`),
      [ids, columns],
    ),
    estimateSize: () => rowHeight,
    gap,
    overscan: columns === 1 ? 4 : 1,
    // React may be in the middle of something when the list is scrolled; a row that is a frame late is overscanned.
    useFlushSync: false,
    rangeExtractor: useCallback((range: Range) => withHeld(range, heldRow), [heldRow]),
  });
  const rows = getVirtualItems();
  // Each row that is not as high as expected costs a walk over all the rows after it, so the first one sets the measure.
  const isFilled = rows.length > 0;
  useBrowserLayoutEffect(() => {
    const list = scroller.current?.firstElementChild;
    if (!list) return undefined;
    let width = list.clientWidth;
    const look = (): void => {
      const { rowGap, gridTemplateColumns } = getComputedStyle(list);
      const wanted = gridTemplateColumns?.match(/px/g)?.length ?? 1;
      setColumns(wanted);
      const seen = wanted === columns && list.firstElementChild?.getBoundingClientRect().height;
      // Tiles are about as high as they are wide.
      const expected = wanted === 1 ? ROW_HEIGHT : list.clientWidth / wanted;
      setLook({ gap: Number.parseFloat(rowGap) || 0, rowHeight: seen || expected });
    };
    look();
    // What tests of apps run in has none.
    if (!window.ResizeObserver) return undefined;
    const sizes = new ResizeObserver(() => {
      if (width !== list.clientWidth) look();
      width = list.clientWidth;
    });
    sizes.observe(list);
    return () => sizes.disconnect();
  }, [isFilled, columns]);
  // What was expected of the rows before is forgotten.
  useBrowserLayoutEffect(() => measure(), [rowHeight, measure]);

  const shown = rows.flatMap((row, at) => placesIn(row, rows[at - 1]));
  /** The places of a row's files. */
  function placesIn({ index: row, start }: VirtualItem, before?: VirtualItem): Array<Omit<RowPlace, 'count'>> {
    if (columns === 1) return [{ index: row, row, start, measure: measureElement }];
    // A grid places them: each leaves the space of the rows that are not there, and the first tells how high all of them are.
    const above = before ? start - before.end - gap : start;
    const first = row * columns;
    return ids.slice(first, first + columns).map((_, column) => {
      return { index: first + column, row, above, measure: column === 0 ? measureElement : undefined };
    });
  }
  const hold = ({ target, currentTarget }: SyntheticEvent): void => {
    const at = [...currentTarget.children].findIndex((row) => row.contains(target as Node));
    setHeld(ids[shown[at]?.index ?? -1]);
  };

  return (
    // Keyboards scroll what has the focus; browsers differ in whether they give it to a scroller by themselves.
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a group and a table's rows may have a name.
    <div ref={scroller} className="portage-scroll" role={role ?? 'group'} aria-label={props['aria-label']} tabIndex={0}>
      {renderPart(
        'ul',
        {
          ...props,
          // What the list is to be, such as a table's rows, the scroller is.
          ...(role && { role: 'presentation', 'aria-label': undefined }),
          ref,
          style: { ...style, position: 'relative', blockSize: getTotalSize(), alignContent: 'start' },
          onFocus: hold,
          onBlur: () => setHeld(undefined),
          // Out of the page it would not be told where it is let go.
          onDragStart: hold,
          children: shown.map((place) => (
            <Row key={ids[place.index]} id={ids[place.index]} count={ids.length} {...place}>
              {children}
            </Row>
          )),
        },
        render,
      )}
    </div>
  );
});

interface RowProps extends RowPlace {
  readonly id: string | undefined;
  readonly children: (id: string) => ReactNode;
}

/** Renders again only when it moves, not whenever the list is scrolled. */
const Row = memo(function Row({ id, index, count, row, start, above, measure, children }: RowProps) {
  const place = useMemo(
    () => ({ index, count, row, start, above, measure }),
    [index, count, row, start, above, measure],
  );
  if (id === undefined) return null;
  return <RowContext.Provider value={place}>{children(id)}</RowContext.Provider>;
});

/** A focused row that is scrolled away stays, or the keyboard would be thrown to the top of the page. */
function withHeld(range: Range, held: number | undefined): number[] {
  const indexes = defaultRangeExtractor(range);
  if (held === undefined || held >= range.count || indexes.includes(held)) return indexes;
  return [...indexes, held].sort((a, b) => a - b);
}
