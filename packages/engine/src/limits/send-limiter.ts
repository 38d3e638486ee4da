/** Which part may be sent next, over all uploads: by the window, by priority, and by the bandwidth limit. */

import type { Clock } from '../ports.ts';
import { type AdaptiveWindow, adapt, concurrencyOf, openWindow, type WindowObservation } from './adaptive-window.ts';
import { isOfAge, lostAt, NO_AGE_LIMIT, throughAfter } from './age-limit.ts';
import { type ConcurrencyWindow, createWindow } from './concurrency-window.ts';
import { SMALL } from './open-uploads.ts';
import { BUDGET, hasRoom, nextBudget, PACKED_BUDGET } from './small-requests.ts';

export interface SendLimiter<Id> extends Pick<ConcurrencyWindow<Id>, 'want' | 'take'> {
  /** How many requests may be in flight now. */
  readonly limit: number;
  /** Whether no further request may start, but for small files. */
  readonly isFull: boolean;
  /** How many requests with small files are likely to be in flight together. */
  readonly smallAtOnce: number;
  /** Whether parts wait because of the bandwidth limit alone. */
  readonly isLimited: boolean;
  /** A part of `bytes` has taken the slot that was just handed out. */
  begun(bytes: number): void;
  /**
   * The slot of a part of `bytes` is free; 0 where none has taken it. @param left - How many of them have not moved.
   * @param ms - How long its response took, if one came.
   */
  release(bytes: number, left: number, ms?: number): void;
  /** Bytes have moved, of a file of `size` bytes. */
  moved(bytes: number, size: number): void;
  /** The store asked for less, or an attempt was given up as silent. */
  narrow(): void;
  /**
   * A part that was under way since `begunAt` was lost. Where it seems to be lost for its age, returns how many at once would be
   * through before it.
   */
  lost(begunAt: number): number | undefined;
  /** A moment has passed. */
  tick(): void;
}

export function createSendLimiter<Id>(
  clock: Clock,
  {
    most,
    hosts,
    smallAtOnce,
    isPacking,
    bandwidthLimit,
    sizeOf,
    priorityOf,
    isSaving,
    silent,
    onReady,
  }: {
    /** Most requests at once to one host of the store, ever. */
    readonly most: number;
    /** To how many hosts requests go now. */
    readonly hosts: () => number;
    /** Most requests with small files at once, to all of them. */
    readonly smallAtOnce: () => number;
    /** Whether they travel together. */
    readonly isPacking: () => boolean;
    /** In bytes per second, as it is now; undefined: none. */
    readonly bandwidthLimit: () => number | undefined;
    /** Of the file, in bytes. */
    readonly sizeOf: (id: Id) => number;
    readonly priorityOf: (id: Id) => number;
    /** Whether the person asked for less traffic. */
    readonly isSaving: () => boolean;
    /** How many requests are silent: they may be dead, and others must be able to take their place. */
    readonly silent: () => number;
    /** More parts may start. */
    readonly onReady: () => void;
  },
): SendLimiter<Id> {
  let window: AdaptiveWindow = openWindow(most, clock.now());
  let debt = NOTHING_OWED;
  let waiting = false;
  /** Bytes of parts in flight, and those of them that wait for the link. */
  let inFlight = 0;
  let unmoved = 0;
  let budget = BUDGET;
  let ages = NO_AGE_LIMIT;

  function limit(): number {
    const all = Math.min(most * hosts(), Math.max(1, Math.floor(ages.atOnce)));
    return Math.min(all, Math.min(concurrencyOf(window) * hosts(), isSaving() ? SAVING : all) + silent());
  }
  /** Not where somebody asked for less: the store, the person or the app. */
  const smallNow = () =>
    isSaving() || bandwidthLimit() !== undefined || window.allowed < window.most ? 0 : smallAtOnce();
  const budgetNow = () => (isPacking() ? PACKED_BUDGET : budget);
  const isRoomFor = (bytes: number) => hasRoom(budgetNow(), unmoved + bytes, inFlight + bytes);
  const isOpen = (inUse: number) => isRoomFor(1) && inUse < smallNow();
  const slots = createWindow(limit, priorityOf, {
    isOpen,
    takes: (id) => sizeOf(id) <= SMALL && isRoomFor(sizeOf(id)),
  });

  function see(seen: WindowObservation): void {
    const before = concurrencyOf(window);
    window = adapt(window, seen, clock.now());
    if (concurrencyOf(window) > before) onReady();
  }

  return {
    want: slots.want,
    take() {
      debt = paidOff(debt, bandwidthLimit(), clock.now());
      if (debt.wait === 0) return slots.take();
      if (!waiting && slots.waiting > 0) {
        waiting = true;
        clock.after(Math.min(debt.wait, LONGEST_WAIT), () => {
          waiting = false;
          onReady();
        });
      }
      return undefined;
    },
    release(bytes, left, ms) {
      inFlight -= bytes;
      unmoved -= left;
      if (ms !== undefined && bytes > SMALL) ages = throughAfter(ages, ms, slots.inUse);
      else if (ms !== undefined) budget = nextBudget(budget, bytes, ms);
      slots.release();
    },
    begun(bytes) {
      inFlight += bytes;
      unmoved += bytes;
      debt = { ...debt, owed: debt.owed + bytes };
    },
    // The window is that of one host, so that it stays what it is when another host comes or goes.
    moved(bytes, size) {
      unmoved -= bytes;
      if (size <= SMALL) {
        see({ saw: 'small' });
        if (slots.waiting > 0 && isOpen(slots.inUse)) onReady();
      } else see({ saw: 'moved', bytes: bytes / hosts(), concurrency: Math.floor(slots.inUse / hosts()) });
    },
    narrow: () => see({ saw: 'throttled' }),
    lost(begunAt) {
      ages = lostAt(ages, begunAt, slots.inUse, clock.now());
      return isOfAge(ages, clock.now() - begunAt) ? ages.atOnce : undefined;
    },
    tick: () => see({ saw: 'time' }),
    get limit() {
      return Math.max(limit(), slots.inUse);
    },
    get smallAtOnce() {
      const toMove = Math.ceil((2 * budgetNow()) / USUAL);
      // As many again have moved, and wait for their responses alone.
      return Math.min(smallNow(), isPacking() ? toMove : 2 * toMove);
    },
    get isFull() {
      return slots.inUse >= limit();
    },
    get isLimited() {
      return waiting;
    },
  };
}

/** A usual size of small files, in bytes. */
const USUAL = 128 * 1024;
/** Requests at once where the person asked for less traffic. */
const SAVING = 2;
/** The limit is asked for again that often, in milliseconds: it may have changed. */
const LONGEST_WAIT = 1_000;

/**
 * Keeps all uploads together to so many bytes per second. A browser sends the bytes of one request as fast as it can, so
 * each part is paid for after it has begun: the next one waits until its bytes would have gone at the wanted rate. What is
 * owed is counted in bytes, so that another limit counts from the moment it is set. Pure; time is an argument.
 */
interface Debt {
  /** Bytes that have begun and would not have gone yet at the limit. */
  readonly owed: number;
  readonly at: number;
  /** How long the next part must wait, in whole milliseconds. */
  readonly wait: number;
}

const NOTHING_OWED: Debt = { owed: 0, at: 0, wait: 0 };

/** @param limit - in bytes per second, since then; without one nothing is owed. */
function paidOff({ owed, at }: Debt, limit: number | undefined, now: number): Debt {
  if (!limit) return NOTHING_OWED;
  const left = Math.max(0, owed - ((now - at) / 1000) * limit);
  return { owed: left, at: now, wait: Math.ceil((left / limit) * 1000) };
}
