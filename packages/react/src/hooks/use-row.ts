'use client';
import { type AriaAttributes, type CSSProperties, type RefObject, useContext } from 'react';
import { RowContext } from '../state/context.ts';
import { useBrowserLayoutEffect } from './use-browser-layout-effect.ts';

/** Puts a row into its place in a long list, and tells the list how high it is. Undefined in any other list. */
export function useRow(
  own: RefObject<HTMLElement | null>,
  style?: CSSProperties,
): (AriaAttributes & { readonly style: CSSProperties; readonly 'data-index': number }) | undefined {
  const place = useContext(RowContext);
  const { measure, row } = place ?? {};
  // The list finds the row's number on the element, so it has to look again when that changes.
  useBrowserLayoutEffect(() => measure?.(own.current), [measure, row]);
  if (!place) return undefined;
  const { start, above } = place;
  // Screen readers are told of the files that are not there.
  return {
    'data-index': place.row,
    'aria-posinset': place.index + 1,
    'aria-setsize': place.count,
    style: {
      ...style,
      ...(start === undefined
        ? above && { marginBlockStart: above }
        : { position: 'absolute', insetInline: 0, insetBlockStart: 0, transform: `translateY(${start}px)` }),
    },
  };
}
