/**
 * Where each part of an upload is: not begun, being signed, in flight, waiting to be sent again, or stored. Every
 * function returns a new value and costs no more than the parts in motion, never than all parts: a file may have 10,000.
 */
import { type PartPlan, partLength, type StoredPart } from '@portage/protocol';
import type { PartRequest, ReadyPart } from '../vocabulary.ts';

/** A part that failed and waits for its time, with what is known of its past. */
export interface WaitingPart {
  readonly partNumber: number;
  /** When it will be sent again, on the engine's clock. */
  readonly until: number;
  /** True: waits for the network, not for its turn. */
  readonly parked: boolean;
}

/** What went wrong with a part so far. Forgotten once the part is stored. */
export interface Past {
  readonly tries: number;
  /** How often an attempt was given up because it was silent. */
  readonly stalls: number;
  readonly signedAgain: boolean;
  /** How often it was handed over whole and not answered. */
  readonly unanswered: number;
  /** Whether the store has refused it for damage on its way. */
  readonly damaged: boolean;
}

export interface Parts {
  readonly plan: PartPlan;
  /** The lowest part number that was never begun. */
  readonly next: number;
  /** Parts that must be sent again, ready now. Also the gaps that a resumed upload has. */
  readonly again: readonly number[];
  readonly waiting: readonly WaitingPart[];
  readonly inFlight: ReadonlyMap<number, Signed>;
  /** Parts whose attempt is silent. Each is sent a second time beside it, once a request may go. */
  readonly silent: ReadonlySet<number>;
  /** Parts in flight that are being sent twice at once. */
  readonly hedged: ReadonlySet<number>;
  readonly past: ReadonlyMap<number, Past>;
  /** Parts that an attempt may have stored though it came to nothing, as far as anybody asks for that. */
  readonly doubtful: ReadonlySet<number>;
  /** Signed requests that are not used yet. */
  readonly signed: ReadonlyMap<number, Signed>;
  /** Newest first; a linked list, so that adding one of 10,000 copies nothing. */
  readonly stored: StoredList | undefined;
  readonly storedCount: number;
  /** How many of them the store held when this page began, or began again. */
  readonly heldCount: number;
}

interface StoredList {
  readonly part: StoredPart;
  readonly rest: StoredList | undefined;
}

const CLEAN: Past = { tries: 0, stalls: 0, signedAgain: false, unanswered: 0, damaged: false };

export function freshParts(plan: PartPlan): Parts {
  return {
    plan,
    next: 1,
    again: [],
    waiting: [],
    inFlight: new Map(),
    silent: new Set(),
    hedged: new Set(),
    past: new Map(),
    doubtful: new Set(),
    signed: new Map(),
    stored: undefined,
    storedCount: 0,
    heldCount: 0,
  };
}

/** The parts of an upload. The store already holds `held`, whole ones only. */
export function heldParts(plan: PartPlan, held: readonly StoredPart[]): Parts {
  const whole = new Map<number, StoredPart>();
  for (const part of held) {
    const inPlan = part.partNumber >= 1 && part.partNumber <= plan.count;
    if (inPlan && part.size === partLength(plan, part.partNumber)) whole.set(part.partNumber, part);
  }
  let stored: StoredList | undefined;
  const again: number[] = [];
  const highest = Math.max(0, ...whole.keys());
  for (let partNumber = 1; partNumber <= highest; partNumber += 1) {
    const part = whole.get(partNumber);
    if (part) stored = { part, rest: stored };
    else again.push(partNumber);
  }
  return { ...freshParts(plan), next: highest + 1, again, stored, storedCount: whole.size, heldCount: whole.size };
}

/** Whether the store holds every part. */
export function isWhole(parts: Parts): boolean {
  return parts.storedCount === parts.plan.count;
}

/** Every stored part, ascending. */
export function storedParts(parts: Parts): StoredPart[] {
  const list: StoredPart[] = [];
  for (let node = parts.stored; node; node = node.rest) list.push(node.part);
  return list.sort((a, b) => a.partNumber - b.partNumber);
}

/** Bytes that the store holds. */
export function storedBytes(parts: Parts): number {
  let bytes = 0;
  for (let node = parts.stored; node; node = node.rest) bytes += node.part.size;
  return bytes;
}

/** Bytes of the largest part that the store holds. */
export function largestStored(parts: Parts): number {
  let bytes = 0;
  for (let node = parts.stored; node; node = node.rest) bytes = Math.max(bytes, node.part.size);
  return bytes;
}

/** The part numbers that could be sent next, in order, at most `most`. */
export function upcoming(parts: Parts, most: number): number[] {
  const numbers = parts.again.slice(0, most);
  for (let n = parts.next; n <= parts.plan.count && numbers.length < most; n += 1) numbers.push(n);
  return numbers;
}

/** How many more parts could be sent now, when at most `concurrency` may be in flight or waiting for another attempt. */
export function sendable(parts: Parts, concurrency: number, now: number): number {
  const free = concurrency - parts.inFlight.size - parts.hedged.size - parts.waiting.length;
  if (free <= 0) return 0;
  let ready = toHedge(parts, now).length;
  ready += parts.again.slice(0, LOOK_AHEAD).filter((n) => isFresh(parts.signed.get(n), now)).length;
  for (let n = parts.next; n <= parts.plan.count && ready < free && isFresh(parts.signed.get(n), now); n += 1)
    ready += 1;
  return Math.min(free, ready);
}

/** How many of the parts to be sent again are looked at for one that is signed. */
const LOOK_AHEAD = 64;

/** A request, and until when it may be sent. */
export interface Signed extends PartRequest {
  readonly freshUntil: number;
}

/** Close to its end a signature may be over before the request arrives. In milliseconds. */
const MARGIN = 10_000;
/** However short its life, a signature that was just made is used: another one would live no longer. In milliseconds. */
const LEAST = 1_000;

export function isFresh(request: Signed | undefined, now: number): request is Signed {
  return request !== undefined && request.freshUntil > now;
}

/**
 * Takes the first sendable part into flight: one that must be sent again, then one whose attempt is silent, then one
 * that was never sent.
 */
export function begin(parts: Parts, now: number): { parts: Parts; ready: ReadyPart } | undefined {
  const lost = parts.again.slice(0, LOOK_AHEAD).find((partNumber) => isFresh(parts.signed.get(partNumber), now));
  if (lost !== undefined) return take({ ...parts, again: parts.again.filter((n) => n !== lost) }, lost, now);
  const [ready] = toHedge(parts, now);
  if (ready) {
    const hedged = new Set(parts.hedged).add(ready.partNumber);
    return { parts: { ...heard(parts, ready.partNumber), hedged }, ready };
  }
  return parts.next > parts.plan.count ? undefined : take({ ...parts, next: parts.next + 1 }, parts.next, now);
}

function take(parts: Parts, partNumber: number, now: number): { parts: Parts; ready: ReadyPart } | undefined {
  const request = parts.signed.get(partNumber);
  if (!isFresh(request, now)) return undefined;
  const signed = without(parts.signed, partNumber);
  const inFlight = new Map(parts.inFlight).set(partNumber, request);
  return { parts: { ...parts, signed, inFlight }, ready: { partNumber, request } };
}

function toHedge({ silent, hedged, inFlight }: Parts, now: number): ReadyPart[] {
  return [...silent].flatMap((partNumber) => {
    const request = inFlight.get(partNumber);
    return isFresh(request, now) && !hedged.has(partNumber) ? [{ partNumber, request }] : [];
  });
}

export function store(parts: Parts, part: StoredPart): Parts {
  return {
    ...landed(parts, part.partNumber),
    past: without(parts.past, part.partNumber),
    stored: { part, rest: parts.stored },
    storedCount: parts.storedCount + 1,
  };
}

/**
 * The store has been asked: parts that wait for their next attempt and are there, whole, need none. Those that are not there
 * keep their pause: a store whose answers are lost would have no rest.
 */
export function storeWaiting(parts: Parts, held: readonly StoredPart[]): Parts {
  let next = parts;
  for (const { partNumber } of parts.waiting) {
    const part = held.find((other) => other.partNumber === partNumber);
    if (part?.size === partLength(parts.plan, partNumber))
      next = store({ ...next, waiting: next.waiting.filter((other) => other.partNumber !== partNumber) }, part);
  }
  return next;
}

/** A part in flight has not moved for longer than its timeout. */
export function fellSilent(parts: Parts, partNumber: number): Parts {
  if (!parts.inFlight.has(partNumber)) return parts;
  return { ...parts, silent: new Set(parts.silent).add(partNumber) };
}

/** A silent part has moved after all: it needs no second attempt. */
export function heard(parts: Parts, partNumber: number): Parts {
  return { ...parts, silent: without(parts.silent, partNumber) };
}

/**
 * One of a part's two attempts came to nothing; the other goes on. Where it failed at once, the other is left alone until
 * its timeout ends anew.
 */
export function unhedge(parts: Parts, partNumber: number, stalled: boolean): Parts {
  const hedged = without(parts.hedged, partNumber);
  return { ...(stalled ? parts : heard(parts, partNumber)), hedged };
}

function landed(parts: Parts, partNumber: number): Parts {
  return {
    ...unhedge(parts, partNumber, false),
    inFlight: without(parts.inFlight, partNumber),
  };
}

export function pastOf(parts: Parts, partNumber: number): Past {
  return parts.past.get(partNumber) ?? CLEAN;
}

/** Takes a failed part out of flight, until `until`. Its signature is kept: it may still be good. */
export function putOff(parts: Parts, waiting: WaitingPart, past: Past): Parts {
  const request = parts.inFlight.get(waiting.partNumber);
  return {
    ...landed(parts, waiting.partNumber),
    waiting: [...parts.waiting, waiting],
    past: new Map(parts.past).set(waiting.partNumber, past),
    signed: request ? new Map(parts.signed).set(waiting.partNumber, request) : parts.signed,
  };
}

/** Takes a failed part out of flight, to be signed and sent again at once. */
export function signAnew(parts: Parts, partNumber: number, past: Past): Parts {
  return {
    ...landed(parts, partNumber),
    past: new Map(parts.past).set(partNumber, past),
    signed: without(parts.signed, partNumber),
    again: [partNumber, ...parts.again],
  };
}

/** A waiting part's time has come. */
export function due(parts: Parts, partNumber: number): Parts {
  if (!parts.waiting.some((part) => part.partNumber === partNumber)) return parts;
  return {
    ...parts,
    waiting: parts.waiting.filter((part) => part.partNumber !== partNumber),
    again: [partNumber, ...parts.again],
  };
}

/** Takes everything out of flight; whatever was moving must be sent again. */
export function halt(parts: Parts): Parts {
  const moving = [...parts.inFlight.keys(), ...parts.waiting.map((part) => part.partNumber)];
  return {
    ...parts,
    again: [...moving, ...parts.again].sort((a, b) => a - b),
    inFlight: new Map(),
    silent: new Set(),
    hedged: new Set(),
    waiting: [],
    past: new Map(),
    doubtful: new Set([...parts.doubtful, ...parts.inFlight.keys()]),
    signed: new Map([...parts.signed, ...parts.inFlight]),
  };
}

export function addSigned(parts: Parts, requests: readonly ReadyPart[], now: number): Parts {
  const signed = new Map(parts.signed);
  for (const { partNumber, request } of requests) {
    signed.set(partNumber, { ...request, freshUntil: Math.max(request.expiresAt - MARGIN, now + LEAST) });
  }
  return { ...parts, signed };
}

/** A copy without `key`, or the same where it is not in there. */
function without<K, V>(from: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V>;
function without<K>(from: ReadonlySet<K>, key: K): ReadonlySet<K>;
function without<K>(from: ReadonlyMap<K, unknown> | ReadonlySet<K>, key: K) {
  if (!from.has(key)) return from;
  const copy = from instanceof Map ? new Map(from) : new Set(from as ReadonlySet<K>);
  copy.delete(key);
  return copy;
}
