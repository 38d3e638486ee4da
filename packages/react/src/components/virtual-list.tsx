'use client';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, forwardRef, memo, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useBrowserLayoutEffect } from '../hooks/use-browser-layout-effect.ts';
import { RowContext } from '../state/context.ts';
import { type PartProps, renderPart } from './render-part.ts';

interface VirtualListProps extends Omit<PartProps<'ul'>, 'children'> {
  readonly ids: readonly string[];
  readonly children: (id: string) => ReactNode;
}

/** Of a row, in pixels, before the first one was measured. */
const ROW_HEIGHT = 76;

/** A list that scrolls by itself and holds only the rows that are seen, and the one that has the focus. */
export const VirtualList = forwardRef<HTMLUListElement, VirtualListProps>(function VirtualList(
  { ids, children, style, render, role, ...props },
  ref,
) {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ gap, rowHeight }, setLook] = useState({ gap: 0, rowHeight: ROW_HEIGHT });
  const [focused, setFocused] = useState<number>();
  const { getVirtualItems, getTotalSize, measureElement, measure } = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => ids[index] ?? index, [ids]),
    estimateSize: () => rowHeight,
    gap,
    overscan: 4,
    // React may be in the middle of something when the list is scrolled; a row that is a frame late is overscanned.
    useFlushSync: false,
    rangeExtractor: useCallback((range: Range) => withFocused(range, focused), [focused]),
  });
  // Each row that is not as high as expected costs a walk over all the rows after it, so the first one sets the measure.
  const isFilled = getVirtualItems().length > 0;
  useBrowserLayoutEffect(() => {
    const list = scroller.current?.firstElementChild;
    const row = list?.firstElementChild;
    if (!list || !row || !isFilled) return;
    const rowGap = Number.parseFloat(getComputedStyle(list).rowGap) || 0;
    setLook({ gap: rowGap, rowHeight: row.getBoundingClientRect().height || ROW_HEIGHT });
  }, [isFilled]);
  // What was expected of the rows before is forgotten.
  useBrowserLayoutEffect(() => measure(), [rowHeight, measure]);

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
          style: { ...style, position: 'relative', blockSize: getTotalSize() },
          onFocus: ({ target }: FocusEvent) => setFocused(indexOf(target)),
          onBlur: () => setFocused(undefined),
          children: getVirtualItems().map(({ key, index, start }) => (
            <Row key={key} id={ids[index]} index={index} count={ids.length} start={start} measure={measureElement}>
              {children}
            </Row>
          )),
        },
        render,
      )}
    </div>
  );
});

interface RowProps {
  readonly id: string | undefined;
  readonly index: number;
  readonly count: number;
  readonly start: number;
  readonly measure: (element: HTMLElement | null) => void;
  readonly children: (id: string) => ReactNode;
}

/** Renders again only when it moves, not whenever the list is scrolled. */
const Row = memo(function Row({ id, index, count, start, measure, children }: RowProps) {
  const place = useMemo(() => ({ index, count, start, measure }), [index, count, start, measure]);
  if (id === undefined) return null;
  return <RowContext.Provider value={place}>{children(id)}</RowContext.Provider>;
});

/** A focused row that is scrolled away stays, or the keyboard would be thrown to the top of the page. */
function withFocused(range: Range, focused: number | undefined): number[] {
  const indexes = defaultRangeExtractor(range);
  if (focused === undefined || focused >= range.count || indexes.includes(focused)) return indexes;
  return [...indexes, focused].sort((a, b) => a - b);
}

function indexOf(target: Element): number | undefined {
  const index = target.closest('[data-index]')?.getAttribute('data-index');
  return index ? Number(index) : undefined;
}
