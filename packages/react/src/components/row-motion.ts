'use client';
import { type RefCallback, useCallback, useRef } from 'react';

/** Rows that come, go and move do so within so many milliseconds. */
const TIME = 160;
/** More at once is no movement that anyone could follow. */
const MOST = 30;

interface Place {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** For the `ref` of a list: its rows come, go and move, where motion is welcome. */
export function useRowMotion(): RefCallback<HTMLElement> {
  const stop = useRef<(() => void) | undefined>(undefined);
  return useCallback((list: HTMLElement | null) => {
    stop.current?.();
    stop.current = list ? moveRows(list) : undefined;
  }, []);
}

/** Moves the rows of a list to where they are now, for as long as the returned function is not called. */
function moveRows(list: HTMLElement): () => void {
  // A list that scrolls by itself places its rows, and takes them out while it scrolls.
  if (list.parentElement?.classList.contains('portage-scroll')) return () => {};
  // What tests of apps run in has no layout, and lacks some of these.
  if (!window.matchMedia || !window.ResizeObserver || !list.animate) return () => {};
  // Told by the first look at sizes, in the browser's own time: now, all would be laid out within React's task.
  let places: ReadonlyMap<HTMLElement, Place> = new Map();
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');

  const changes = new MutationObserver((records) => {
    const before = places;
    places = placesIn(list);
    if (calm.matches) return;
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]).filter(isRow);
    const gone = records.flatMap(({ removedNodes }) => [...removedNodes]).filter(isRow);
    if (added.length + gone.length > MOST) return;
    for (const row of added) {
      // React takes a row out and puts it in again to give it another place.
      if (!before.has(row)) play(row, { opacity: 0, transform: 'translateY(0.5rem)' });
    }
    for (const row of gone) if (!row.isConnected) leave(row, before.get(row), list);
    for (const [row, now] of places) {
      const was = before.get(row);
      if (was && (was.top !== now.top || was.left !== now.left))
        play(row, { transform: `translate(${was.left - now.left}px, ${was.top - now.top}px)` });
    }
  });
  // Rows grow and shrink: from where they start is told by where they were last.
  const sizes = new ResizeObserver(() => {
    places = placesIn(list);
  });
  changes.observe(list, { childList: true });
  sizes.observe(list);
  return () => {
    changes.disconnect();
    sizes.disconnect();
  };
}

// In a popup they are of another window's class.
const isRow = (node: Node): node is HTMLElement => node.nodeType === 1;

/** From the list's own edge: scrolling changes nothing. */
function placesIn(list: HTMLElement): Map<HTMLElement, Place> {
  return new Map(
    [...list.children].filter(isRow).map((row) => [
      row,
      {
        top: row.offsetTop - list.offsetTop,
        left: row.offsetLeft - list.offsetLeft,
        width: row.offsetWidth,
        height: row.offsetHeight,
      },
    ]),
  );
}

function play(row: HTMLElement, from: Keyframe): void {
  row.animate([from, {}], { duration: TIME, easing: 'ease-out' });
}

/** Shows a row that is gone for a moment more, to nobody who would look for it. */
function leave(row: HTMLElement, place: Place | undefined, list: HTMLElement): void {
  const parent = list.parentElement;
  if (!place || !parent) return;
  row.inert = true;
  row.ariaHidden = 'true';
  row.removeAttribute('data-portage-item');
  const anchor = parent.appendChild(document.createElement('div'));
  anchor.className = 'portage-leaving';
  Object.assign(anchor.style, {
    insetBlockStart: `${list.offsetTop + place.top}px`,
    left: `${list.offsetLeft + place.left}px`,
    inlineSize: `${place.width}px`,
    blockSize: `${place.height}px`,
  });
  anchor.append(row);
  const going = anchor.animate([{ opacity: 1 }, { opacity: 0, transform: 'scale(0.98)' }], { duration: TIME });
  going.onfinish = () => anchor.remove();
  going.oncancel = going.onfinish;
}
