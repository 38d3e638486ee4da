'use client';
import { type AriaAttributes, type CSSProperties, type RefObject, useContext } from 'react';
import { RowContext } from '../state/context.ts';
import { useBrowserLayoutEffect } from './use-browser-layout-effect.ts';

/** Puts a row into its place in a long list, and tells the list how high it is. Undefined in any other list. */
export function useRow(
  row: RefObject<HTMLElement | null>,
  style?: CSSProperties,
): (AriaAttributes & { readonly style: CSSProperties; readonly 'data-index': number }) | undefined {
  const place = useContext(RowContext);
  const { measure, index } = place ?? {};
  // The list finds the row's index on the element, so it has to look again when that changes.
  useBrowserLayoutEffect(() => measure?.(row.current), [measure, index]);
  if (!place) return undefined;
  // Screen readers are told of the rows that are not there.
  return {
    'data-index': place.index,
    'aria-posinset': place.index + 1,
    'aria-setsize': place.count,
    style: {
      ...style,
      ...{ position: 'absolute', insetInline: 0, insetBlockStart: 0, transform: `translateY(${place.start}px)` },
    },
  };
}
