/** How far an upload is, how fast it moves, and how long it will take. Pure; time is an argument. */

/** How far an upload is. */
export interface Progress {
  /** Bytes handed to the network, at most `total`. Never goes down, not even when a part is sent again. */
  readonly loaded: number;
  /** The file's size in bytes. */
  readonly total: number;
  /** 0 to 100. 100 only when every byte is sent. */
  readonly percent: number;
  /** Bytes per second, smoothed; 0 while nothing moves. */
  readonly speed: number;
  /** Seconds until every byte is sent, at `speed`; undefined while that cannot be known. */
  readonly eta: number | undefined;
  /**
   * True while bytes are under way and the browser shows nothing of them, as behind a service worker that answers: `loaded` is
   * 0 until the first part is stored, and no progress. @default false
   */
  readonly unseen?: boolean;
}

/** Counts bytes. */
export interface Meter {
  readonly total: number;
  /** Bytes of parts that the store has confirmed. */
  readonly stored: number;
  /** Bytes sent so far of each part in flight. */
  readonly inFlight: ReadonlyMap<number, number>;
  /** The most that was ever reported, so that progress never goes backwards. */
  readonly high: number;
  readonly rate: Rate;
}

/** Exponentially weighted bytes, so that the speed needs no list of samples. */
interface Rate {
  readonly weighted: number;
  readonly at: number;
  readonly since: number;
}

/** Bytes moved so many milliseconds ago weigh 1/e in the speed. */
const MEMORY = 3_000;

export function startMeter(total: number, now: number): Meter {
  return { total, stored: 0, inFlight: new Map(), high: 0, rate: { weighted: 0, at: now, since: now } };
}

/** `loaded` bytes of a part in flight are sent. */
export function partMoved(meter: Meter, partNumber: number, loaded: number, now: number): Meter {
  const before = meter.inFlight.get(partNumber) ?? 0;
  const inFlight = new Map(meter.inFlight).set(partNumber, loaded);
  return raise({ ...meter, inFlight, rate: feed(meter.rate, Math.max(0, loaded - before), now) });
}

/** The store has confirmed a part of `length` bytes. */
export function partStored(meter: Meter, partNumber: number, length: number, now: number): Meter {
  const before = meter.inFlight.get(partNumber) ?? 0;
  const inFlight = new Map(meter.inFlight);
  inFlight.delete(partNumber);
  const rate = feed(meter.rate, Math.max(0, length - before), now);
  return raise({ ...meter, stored: meter.stored + length, inFlight, rate });
}

/** A part's attempt came to nothing: its bytes must be sent again. */
export function partLost(meter: Meter, partNumber: number): Meter {
  if (!meter.inFlight.has(partNumber)) return meter;
  const inFlight = new Map(meter.inFlight);
  inFlight.delete(partNumber);
  return { ...meter, inFlight };
}

/** The store is known to hold `stored` bytes, beside what is in flight. */
export function heldMeter(meter: Meter, stored: number): Meter {
  return raise({ ...meter, stored });
}

/** Nothing is in flight any more, and what the store holds is known to be `stored` bytes. The speed starts anew. */
export function restartMeter(meter: Meter, stored: number, now: number): Meter {
  return raise({ ...meter, stored, inFlight: new Map(), rate: { weighted: 0, at: now, since: now } });
}

export function readMeter(meter: Meter, now: number): Progress {
  const { total, high: loaded } = meter;
  const speed = readRate(meter.rate, now);
  const left = total - loaded;
  return {
    loaded,
    total,
    percent: total === 0 ? 0 : left === 0 ? 100 : Math.min(99.9, (loaded / total) * 100),
    speed,
    eta: left === 0 ? 0 : speed >= 1 ? left / speed : undefined,
  };
}

/** The same, for an upload that does not move: paused, waiting or over. */
export function atRest(progress: Progress): Progress {
  return { ...progress, speed: 0, eta: progress.loaded === progress.total ? 0 : undefined };
}

function raise(meter: Meter): Meter {
  let sum = meter.stored;
  for (const loaded of meter.inFlight.values()) sum += loaded;
  return { ...meter, high: Math.min(meter.total, Math.max(meter.high, sum)) };
}

function decay(milliseconds: number): number {
  return Math.exp(-Math.max(0, milliseconds) / MEMORY);
}

function feed(rate: Rate, bytes: number, now: number): Rate {
  return { ...rate, weighted: rate.weighted * decay(now - rate.at) + bytes, at: now };
}

function readRate(rate: Rate, now: number): number {
  // The memory is still filling at the start; dividing by how full it is keeps the first seconds from reading low.
  const filled = 1 - decay(Math.max(250, now - rate.since));
  const speed = ((rate.weighted * decay(now - rate.at)) / (MEMORY * filled)) * 1000;
  return speed < 1 ? 0 : speed;
}
