'use client';
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Opens a dialog above all else for as long as it is rendered. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // While it is still in the page: one that is closed gives the focus back, one that is only taken out does not.
    return () => element?.close();
  }, []);
  return dialog;
}
