/**
 * How many requests to the store may be in flight: as many as the browser gives where each of them adds to the speed,
 * fewer where they only wait for one another, and fewer at once where the store asks for less. Pure; time is an
 * argument. A smaller window takes effect as parts are stored; none is stopped for it.
 */
export interface AdaptiveWindow {
  /** Most requests at once, ever. */
  readonly most: number;
  /** As many as the store stands for. Comes down by a third when it asks for less, and back by one a second. */
  readonly allowed: number;
  /** When `allowed` is raised next; and until when it is not lowered again. */
  readonly raiseAt: number;
  readonly heldUntil: number;
  /** As many as the link needs. */
  readonly needed: number;
  /** What has moved lately. */
  readonly epoch: Epoch;
  /** Goodput in bytes per second with more requests than are needed now, while it is tried out; or that `needed` stands on. */
  readonly compared: { readonly from: number; readonly rate: number; readonly trial: boolean } | undefined;
  /** No trial of fewer requests before that, and how long the next pause is. */
  readonly tryAt: number;
  readonly pause: number;
  /** When all requests may go again, where fewer were enough. */
  readonly growAt: number;
}

/** Bytes that moved while the number of requests in flight stayed the same. */
interface Epoch {
  readonly concurrency: number;
  readonly bytes: number;
  readonly since: number;
}

/** Something that says how many requests at once are good. */
export type WindowObservation =
  /** `bytes` moved, of all `concurrency` requests in flight together. */
  | { readonly saw: 'moved'; readonly bytes: number; readonly concurrency: number }
  /** Bytes of a small file moved: it waits for responses more than for the link, so that every request counts. */
  | { readonly saw: 'small' }
  /** The store asked for less, or an attempt was given up because it was silent. */
  | { readonly saw: 'throttled' }
  | { readonly saw: 'time' };

/** Answers that come in together are one word of the store. Also the least time to judge by. In milliseconds. */
const HOLD = 2_000;
/** How fast the window grows again. In milliseconds. */
const RAISE = 1_000;
/** A goodput is one that was seen for so long: a part that begins fills the kernel's buffer first. In milliseconds. */
const EPOCH = 4_000;
/**
 * Requests slower than that, in bytes per second, may be too many: with faster ones a part is through in a few seconds, and
 * what a page load beside it would gain is not worth a trial.
 */
const SLOW = 768 * 1024;
/** One request alone would leave the link idle while its response is on the way. */
const LEAST = 2;
/** Fewer requests are enough where they reach that share of what more of them did. */
const ENOUGH = 0.95;
/** First pause after a trial that failed. In milliseconds; doubles up to the last. */
const PAUSE = 15_000;
const LONGEST_PAUSE = 240_000;
/** How often all requests may go again: what was not worth it may be now. In milliseconds. */
const GROW = 60_000;

export function openWindow(most: number, now: number): AdaptiveWindow {
  return {
    most,
    allowed: most,
    raiseAt: now,
    heldUntil: now,
    needed: most,
    epoch: { concurrency: 0, bytes: 0, since: now },
    compared: undefined,
    tryAt: now + EPOCH,
    pause: PAUSE,
    growAt: now + GROW,
  };
}

/** How many requests may be in flight. */
export function concurrencyOf({ allowed, needed }: AdaptiveWindow): number {
  return Math.min(allowed, needed);
}

export function adapt(window: AdaptiveWindow, seen: WindowObservation, now: number): AdaptiveWindow {
  if (seen.saw === 'throttled') return throttled(window, now);
  const raised = raise(window, now);
  if (seen.saw === 'small') return reopen({ ...raised, compared: undefined }, now);
  return seen.saw === 'moved' ? moved(raised, seen, now) : raised;
}

function throttled(window: AdaptiveWindow, now: number): AdaptiveWindow {
  if (now < window.heldUntil) return { ...window, raiseAt: now + HOLD };
  const allowed = Math.max(1, Math.floor(0.7 * concurrencyOf(window)));
  return { ...window, allowed, raiseAt: now + HOLD, heldUntil: now + HOLD };
}

function raise(window: AdaptiveWindow, now: number): AdaptiveWindow {
  if (window.allowed === window.most || now < window.raiseAt) return window;
  return { ...window, allowed: window.allowed + 1, raiseAt: now + RAISE };
}

function moved(
  window: AdaptiveWindow,
  { bytes, concurrency }: Extract<WindowObservation, { saw: 'moved' }>,
  now: number,
): AdaptiveWindow {
  // With requests to spare it is not the window that holds the upload back.
  if (concurrency !== window.epoch.concurrency || concurrency < concurrencyOf(window)) {
    return { ...window, epoch: { concurrency, bytes: 0, since: now } };
  }
  const epoch = { ...window.epoch, bytes: window.epoch.bytes + bytes };
  const next = { ...window, epoch };
  const elapsed = now - epoch.since;
  if (elapsed < HOLD) return next;
  const rate = (epoch.bytes / elapsed) * 1000;
  const settled = concurrency === window.needed;
  // What changes the link's speed by so much shows in half the time.
  const { compared } = window;
  if (compared && settled && (rate > 1.5 * compared.rate || rate < 0.6 * compared.rate)) return reopen(next, now);
  // Half of the requests would be slower still.
  if (compared?.trial && concurrency < compared.from && rate < ENOUGH * compared.rate) return reopen(next, now);
  if (elapsed < EPOCH) return next;
  return judge({ ...next, epoch: { concurrency, bytes: 0, since: now } }, rate, settled, now);
}

/** Another link than the one that was judged, or a trial that failed: what was open before is open again. */
function reopen(window: AdaptiveWindow, now: number): AdaptiveWindow {
  const { compared, pause } = window;
  const tried = compared?.trial === true;
  const needed = tried ? compared.from : window.most;
  return {
    ...window,
    needed,
    compared: compared && needed < window.most ? { ...compared, trial: false } : undefined,
    tryAt: now + (tried ? pause : EPOCH),
    pause: tried ? Math.min(2 * pause, LONGEST_PAUSE) : PAUSE,
    epoch: { ...window.epoch, concurrency: 0 },
  };
}

/** After a whole epoch. Half of the requests are tried: if they lack anything, it shows beyond doubt. */
function judge(window: AdaptiveWindow, rate: number, settled: boolean, now: number): AdaptiveWindow {
  const { compared, needed, epoch } = window;
  // Until the requests that are too many have ended, this is still what the larger number does.
  if (compared?.trial) {
    if (!settled) return epoch.concurrency === compared.from ? { ...window, compared: { ...compared, rate } } : window;
    if (rate < ENOUGH * compared.rate) return reopen(window, now);
  }
  const enough = compared?.trial ? { ...window, compared: { ...compared, rate, trial: false } } : window;
  if (settled && needed < window.most && now >= window.growAt) {
    return { ...reopen({ ...enough, compared: undefined }, now), growAt: now + GROW };
  }
  if (!settled || needed <= LEAST || now < window.tryAt || rate >= SLOW * needed) return enough;
  return {
    ...enough,
    needed: Math.max(LEAST, Math.ceil(needed / 2)),
    compared: { from: needed, rate, trial: true },
  };
}
