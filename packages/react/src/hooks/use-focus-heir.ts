'use client';
import type { RefObject } from 'react';
import { useUploadContext } from '../state/context.ts';
import { useBrowserLayoutEffect } from './use-browser-layout-effect.ts';

export const ROW = '[data-portage-item]';
/** Not the one that opens the picture. */
const BUTTON = 'button:not([disabled], [aria-haspopup])';

/** Gives a row's last button the focus. @returns whether there is one. */
export function focusRow(row: Element | undefined): boolean {
  const button = row?.querySelector<HTMLElement>(`${BUTTON}:last-of-type`);
  button?.focus();
  return button !== undefined && button !== null;
}

/**
 * Passes focus on when the focused button goes away, so that a keyboard user is not thrown to the top of the page: to
 * the remaining button of the row, else to the next row's, else the previous row's, else to the button that adds files.
 */
export function useFocusHeir(ref: RefObject<HTMLElement | null>): void {
  const { triggerRef } = useUploadContext();
  useBrowserLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (!element || element !== element.ownerDocument.activeElement) return;
      const row = element.closest(ROW);
      const rows = [...(row?.parentElement?.querySelectorAll(`:scope > ${ROW}`) ?? [])];
      const index = row ? rows.indexOf(row) : 0;
      const heirs = [...rows.slice(index), ...rows.slice(0, index).reverse()];
      // React takes the element out after this; StrictMode does not take it out at all.
      queueMicrotask(() => {
        // A row that fades is still there for a moment.
        const isThere = (other: Element): boolean => other.isConnected && !other.closest('[inert]');
        if (isThere(element)) return;
        if (!focusRow(heirs.find(isThere))) triggerRef.current?.focus();
      });
    };
  }, [ref, triggerRef]);
}
