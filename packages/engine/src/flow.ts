/** Which part may be sent next, over all uploads: by the window, by priority, and by the pace that was asked for. */
import { type AdaptiveWindow, adapt, lanesOf, openWindow, type WindowObservation } from './adaptive-window.ts';
import { type ConcurrencyWindow, createWindow } from './concurrency-window.ts';
import { SMALL } from './openings.ts';
import { NOTHING_OWED, paidOff } from './pace.ts';
import type { Clock } from './ports.ts';

export interface Flow<Id> extends Pick<ConcurrencyWindow<Id>, 'want' | 'take' | 'release'> {
  /** How many requests may be in flight now. */
  readonly limit: number;
  /** Whether no further request may start. */
  readonly isFull: boolean;
  /** Whether parts wait because of the bandwidth limit alone. */
  readonly isPaced: boolean;
  /** A part of `bytes` has taken the slot that was just handed out. */
  begun(bytes: number): void;
  /** Bytes have moved, of a file of `size` bytes. */
  moved(bytes: number, size: number): void;
  /** The store asked for less, or an attempt was given up as silent. */
  narrow(): void;
  /** A moment has passed. */
  tick(): void;
}

export function createFlow<Id>(
  clock: Clock,
  {
    most,
    names,
    bandwidthLimit,
    priorityOf,
    isSaving,
    silent,
    onReady,
  }: {
    /** Most lanes to one name of the store, ever. */
    readonly most: number;
    /** To how many names requests go now. */
    readonly names: () => number;
    /** In bytes per second, as it is now; undefined: none. */
    readonly bandwidthLimit: () => number | undefined;
    readonly priorityOf: (id: Id) => number;
    /** Whether the person asked for less traffic. */
    readonly isSaving: () => boolean;
    /** How many lanes are silent: they may be dead, and others must be able to take their place. */
    readonly silent: () => number;
    /** More parts may start. */
    readonly onReady: () => void;
  },
): Flow<Id> {
  let window: AdaptiveWindow = openWindow(most, clock.now());
  let pace = NOTHING_OWED;
  let waiting = false;

  function limit(): number {
    const all = most * names();
    return Math.min(all, Math.min(lanesOf(window) * names(), isSaving() ? SAVING : all) + silent());
  }
  const slots = createWindow(limit, priorityOf);

  function see(seen: WindowObservation): void {
    const before = lanesOf(window);
    window = adapt(window, seen, clock.now());
    if (lanesOf(window) > before) onReady();
  }

  return {
    want: slots.want,
    take() {
      pace = paidOff(pace, bandwidthLimit(), clock.now());
      if (pace.wait === 0) return slots.take();
      if (!waiting && slots.isWanted) {
        waiting = true;
        clock.after(Math.min(pace.wait, LONGEST_WAIT), () => {
          waiting = false;
          onReady();
        });
      }
      return undefined;
    },
    release: slots.release,
    begun(bytes) {
      pace = { ...pace, owed: pace.owed + bytes };
    },
    // The window is that of one name, so that it stays what it is when another name comes or goes.
    moved(bytes, size) {
      if (size <= SMALL) see({ saw: 'small' });
      else see({ saw: 'moved', bytes: bytes / names(), lanes: Math.floor(slots.inUse / names()) });
    },
    narrow: () => see({ saw: 'throttled' }),
    tick: () => see({ saw: 'time' }),
    get limit() {
      return limit();
    },
    get isFull() {
      return slots.inUse >= limit();
    },
    get isPaced() {
      return waiting;
    },
  };
}

/** Lanes where the person asked for less traffic. */
const SAVING = 2;
/** The limit is asked for again that often, in milliseconds: it may have changed. */
const LONGEST_WAIT = 1_000;
