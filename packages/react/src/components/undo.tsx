'use client';
import { forwardRef, type MouseEvent, type SyntheticEvent, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useBrowserLayoutEffect } from '../hooks/use-browser-layout-effect.ts';
import { focusRow, ROW } from '../hooks/use-focus-heir.ts';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { createRemovals } from '../state/removals.ts';
import type { Store } from '../state/store.ts';
import { lateWords } from '../text/late-words.ts';
import { withName } from '../text/with-name.tsx';
import { classNames } from './class-names.ts';
import { PartButton } from './part-button.tsx';
import { type PartProps, renderPart } from './render-part.ts';

/**
 * Offers for six seconds to undo what `Upload.ItemRemove` did: until then a file that was under way is paused and nothing of
 * it is aborted. The time stands still while the offer has the focus, or the pointer that was moved there. Adding files,
 * `resumeAll` and leaving the page's view settle it at once. Without this part `Upload.ItemRemove` aborts at once.
 */
export const UploadUndo = forwardRef<HTMLDivElement, Omit<PartProps<'div'>, 'children'>>(function UploadUndo(
  { className, render, ...props },
  ref,
) {
  const { uppy, queue, fileIds, removalsRef, strings } = useUploadContext();
  const words = useMemo(() => lateWords(strings), [strings]);
  const removals = useMemo(() => createRemovals(uppy, queue), [uppy, queue]);
  const removed = useStore(removals.list);
  const release = useRef<(() => void) | undefined>(undefined);
  const focusReturned = useReturnedFocus(fileIds);

  useBrowserLayoutEffect(() => {
    removalsRef.current = removals;
    return () => {
      removalsRef.current = null;
    };
  }, [removals, removalsRef]);

  const [first] = removed;
  const text = first && (removed.length === 1 ? words.removed(first.name) : words.removedCount(removed.length));
  useEffect(() => {
    if (!text) return;
    uppy.emit('portage:say', words.saidRemoved(text, KEYS));
    const onKey = (event: KeyboardEvent): void => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      // In a text field it undoes what was typed.
      if (!isUndo || event.defaultPrevented || (event.target as Element).matches?.(TEXT)) return;
      event.preventDefault();
      removals.undo();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      release.current?.();
      release.current = undefined;
    };
  }, [uppy, words, removals, text]);

  if (!text) return null;
  const hold = (): void => {
    release.current ??= removals.hold();
  };
  const go = (event: SyntheticEvent<HTMLElement>): void => {
    if (event.currentTarget.matches(':focus-within, :hover')) return;
    release.current?.();
    release.current = undefined;
  };
  const children = (
    <>
      <p dir="auto">{withName(text, first?.name)}</p>
      <PartButton look="button" aria-keyshortcuts="Control+Z Meta+Z" onClick={focusReturned} action={removals.undo}>
        {words.undo}
      </PartButton>
    </>
  );
  const own = {
    ...{ role: 'group', 'aria-label': text, 'data-count': removed.length },
    ...{ onMouseMove: hold, onFocus: hold, onMouseLeave: go, onBlur: go },
    className: classNames('portage-undo', className),
  };
  return renderPart('div', { ...props, ...own, ref, children }, render);
});

/** For a click that brings rows back: the first of them gets the focus, since the button goes away. */
function useReturnedFocus(fileIds: Store<readonly string[]>): (event: MouseEvent<Element>) => void {
  // As the list has them, so that its rows are there.
  const ids = useDeferredValue(useStore(fileIds));
  const find = useRef<() => Element | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows come with other ids.
  useEffect(() => {
    if (find.current) focusRow(find.current());
    find.current = undefined;
  }, [ids]);
  return ({ currentTarget: { ownerDocument } }) => {
    const rows = () => [...ownerDocument.querySelectorAll(ROW)];
    const before = new Set(rows());
    find.current = () => rows().find((row) => !before.has(row));
  };
}

const TEXT = 'input, textarea, select, [contenteditable]';
const KEYS = typeof navigator !== 'undefined' && /Mac|iP/.test(navigator.platform) ? '⌘Z' : 'Ctrl+Z';
