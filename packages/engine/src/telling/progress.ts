/** How far an upload is, and what an event does to that. Pure; time is an argument. */
import { bytesHeld } from '../machine/upload-machine.ts';
import type { UploadEvent, UploadState } from '../machine/upload-state.ts';
import { type Course, moveOn, readCourse } from './time-left.ts';

/** How far an upload is. */
export interface Progress {
  /**
   * Bytes handed to the network. Never goes down, not even when a part is sent again, and stays below 99 % of `total` until
   * all of them are stored: the last seconds of a slow link pass after the last byte was handed over.
   */
  readonly loaded: number;
  /** The file's size in bytes. */
  readonly total: number;
  /** 0 to 100. 100 only when every byte is stored. */
  readonly percent: number;
  /** Bytes per second, smoothed over up to a minute; 0 while nothing moves. */
  readonly speed: number;
  /** Seconds until every byte is stored, 0 only then; undefined while that cannot be known. */
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
  /** The most that was ever handed over or stored, so that progress never goes backwards. */
  readonly high: number;
  /** Whether all bytes were stored once. What is found to be damaged is sent again, and people have seen 100 %. */
  readonly wasWhole: boolean;
  /** Undefined until something moves. */
  readonly course: Course | undefined;
}

/** Until all is stored no more of it is told. */
const ALMOST = 0.99;

export function startMeter(total: number): Meter {
  return { total, stored: 0, inFlight: new Map(), high: 0, wasWhole: total === 0, course: undefined };
}

/** `loaded` bytes of a part in flight are sent. */
export function partMoved(meter: Meter, partNumber: number, loaded: number, now: number): Meter {
  const before = meter.inFlight.get(partNumber) ?? 0;
  const inFlight = new Map(meter.inFlight).set(partNumber, loaded);
  return raise({ ...meter, inFlight, course: moveOn(meter.course, Math.max(0, loaded - before), now) });
}

/** The store has confirmed a part of `length` bytes. */
export function partStored(meter: Meter, partNumber: number, length: number, now: number): Meter {
  const before = meter.inFlight.get(partNumber) ?? 0;
  const inFlight = new Map(meter.inFlight);
  inFlight.delete(partNumber);
  const course = moveOn(meter.course, Math.max(0, length - before), now);
  return raise({ ...meter, stored: meter.stored + length, inFlight, course });
}

/** A part's attempt came to nothing: its bytes must be sent again. */
export function partLost(meter: Meter, partNumber: number): Meter {
  if (!meter.inFlight.has(partNumber)) return meter;
  const inFlight = new Map(meter.inFlight);
  inFlight.delete(partNumber);
  return { ...meter, inFlight };
}

/** The store is known to hold `stored` bytes, beside what is in flight. */
function heldMeter(meter: Meter, stored: number): Meter {
  return raise({ ...meter, stored });
}

/** Nothing is in flight any more, and what the store holds is known to be `stored` bytes. The speed starts anew. */
export function restartMeter(meter: Meter, stored: number): Meter {
  return raise({ ...meter, stored, inFlight: new Map(), course: undefined });
}

export function readMeter(meter: Meter, now: number): Progress {
  const { total, stored, high, wasWhole, course } = meter;
  const loaded = wasWhole ? total : Math.min(high, Math.floor(total * ALMOST));
  const unsure = sentOf(meter);
  const { speed, eta } = readCourse(course, Math.max(0, total - stored - unsure), unsure, now);
  return { loaded, total, percent: total === 0 ? 0 : (loaded / total) * 100, speed, eta: stored >= total ? 0 : eta };
}

/** The same, for an upload that does not move: paused, waiting or over. */
export function atRest(progress: Progress): Progress {
  return { ...progress, speed: 0, eta: progress.loaded === progress.total ? 0 : undefined };
}

function raise(meter: Meter): Meter {
  const { total, stored } = meter;
  const high = Math.min(total, Math.max(meter.high, stored + sentOf(meter)));
  return { ...meter, high, wasWhole: meter.wasWhole || stored >= total };
}

/** Bytes of all parts in flight. */
function sentOf({ inFlight }: Meter): number {
  let sum = 0;
  for (const loaded of inFlight.values()) sum += loaded;
  return sum;
}

/** Whether the upload begins, stops or goes on with the event: nothing is in flight then, and its timeout is whole. */
export function isBeginning({ type }: UploadEvent): boolean {
  return type === 'pause' || type === 'open' || type === 'created' || type === 'listed';
}

/** The count after `event` has led to `state`. */
export function meterAfter(meter: Meter, state: UploadState, event: UploadEvent, now: number): Meter {
  const counted = countPart(meter, state, event, now);
  if (event.type === 'looked') return heldMeter(counted, bytesHeld(state, counted.stored));
  // An upload that is created anew has lost what the store held.
  if (!isBeginning(event) && state.at !== 'creating') return counted;
  return restartMeter(counted, bytesHeld(state, counted.stored));
}

function countPart(meter: Meter, state: UploadState, event: UploadEvent, now: number): Meter {
  if (event.type === 'stored') return partStored(meter, event.part.partNumber, event.part.size, now);
  if (event.type !== 'failed' || event.task.step !== 'part') return meter;
  const { partNumber } = event.task;
  // Of a part that is sent twice, the other attempt goes on.
  if (state.at === 'sending' && state.parts.inFlight.has(partNumber)) return meter;
  return partLost(meter, partNumber);
}
