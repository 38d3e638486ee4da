/**
 * Keeps the record of an upload from what the engine tells of it: one note after the other, with the time as an argument.
 * A note changes the record in place and costs the same however long the record is: a file may have 10,000 parts. Only
 * what `diagnostics.ts` may show is taken from a note.
 */
import { partLength, planParts } from '@portage/protocol';
import type { Failure } from '../failure.ts';
import type { Step } from '../machine/retry-policy.ts';
import type { Command, UploadEvent, UploadState } from '../machine/upload-state.ts';
import type { Holding, Intent, Session } from '../vocabulary.ts';
import { addSample, newRing, noSamples, push, type Ring, type Samples } from './bounded.ts';
import type { UploadStatus } from './snapshot.ts';
import { statusOf } from './status.ts';
import type { Note } from './trace.ts';

/** All times are in milliseconds since the record began. */
export interface AttemptRecord {
  readonly number: number;
  readonly partNumber: number;
  /** Of the part, in bytes. */
  readonly length: number;
  readonly start: number;
  firstByte?: number;
  lastByte?: number;
  end?: number;
  outcome: string;
  /** Bytes handed to the network. */
  loaded: number;
}

interface OpenCall {
  readonly step: Exclude<Step, 'part'>;
  readonly start: number;
  /** How many parts it is to sign. */
  readonly parts: number;
  duration?: number;
  outcome: string;
}

export interface UploadRecord {
  readonly startedAt: number;
  readonly size: number;
  readonly extension: string;
  plan?: {
    readonly kind: Session['kind'];
    readonly partSize: number;
    readonly lanes?: number | undefined;
    readonly held: number;
  };
  readonly totals: {
    attempts: number;
    preflights: number;
    retries: number;
    retryPauses: number;
    parked: number;
    beside: number;
  };
  /** The latest attempt of each part. */
  readonly latest: Map<number, AttemptRecord>;
  /** Attempts that are not the latest of their part any more. */
  readonly earlier: Ring<AttemptRecord>;
  /** What is left of those that were left out: how many came to what, and bytes sent in vain. */
  readonly folded: { readonly outcomes: Map<string, number>; bytesLost: number };
  readonly inFlight: Map<number, AttemptRecord>;
  /** How far each part that is not stored was sent at best, in bytes. */
  readonly marks: Map<number, number>;
  /** Where each part that is not stored was sent last: not to be shown. */
  readonly addresses: Map<number, string>;
  readonly calls: Ring<OpenCall>;
  readonly phases: Ring<readonly [UploadStatus, start: number]>;
  readonly samples: Samples;
  endedAt?: number | undefined;
  error?: string | undefined;
  /** When it went by itself, where it was to travel with others; null while it does. */
  alone?: number | null;
}

const MOST_EARLIER = 2_000;
const MOST_CALLS = 500;
const MOST_PHASES = 500;

/** @param now - in milliseconds since the epoch, as for {@link takeNote}. */
export function startRecord({ size, name }: Pick<Intent, 'size' | 'name'>, now: number): UploadRecord {
  return {
    startedAt: now,
    size,
    extension: /[^.]\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '',
    totals: { attempts: 0, preflights: 0, retries: 0, retryPauses: 0, parked: 0, beside: 0 },
    folded: { outcomes: new Map(), bytesLost: 0 },
    latest: new Map(),
    inFlight: new Map(),
    marks: new Map(),
    addresses: new Map(),
    earlier: newRing(),
    calls: newRing(),
    phases: newRing(),
    samples: noSamples(),
  };
}

export function takeNote(record: UploadRecord, note: Note, now: number): void {
  // A clock may be set back.
  const at = Math.max(0, now - record.startedAt);
  if (note[0] === 'sent') sent(record, note, at);
  if (note[0] === 'moved') moved(record, note[1], note[2], at);
  if (note[0] === 'answered') {
    const [, number, outcome, givenUp, stopped] = note;
    const attempt = record.inFlight.get(number);
    const answer = outcome.ok ? 'stored' : codeOf(outcome.failure);
    if (attempt) end(record, attempt, givenUp ? 'stalled' : stopped ? 'stopped' : answer, at);
  }
  if (note[0] === 'turned') {
    const [, event, commands, state, limit] = note;
    took(record, event, at);
    for (const command of commands) asked(record, command, at);
    stands(record, state, now, at);
    sample(record, 0, at, limit);
  }
}

function sent(
  record: UploadRecord,
  [, number, partNumber, url]: Extract<Note, readonly ['sent', ...unknown[]]>,
  at: number,
): void {
  const { plan, latest, earlier, folded, inFlight, totals, addresses } = record;
  if (!plan) return;
  if (!url) record.alone = null;
  else if (record.alone === null) record.alone = at;
  if (url && addresses.get(partNumber) !== url) totals.preflights += 1;
  addresses.set(partNumber, url);
  if (inFlight.has(number)) return;
  const before = latest.get(partNumber);
  if (before && before.end === undefined) totals.beside += 1;
  const left = before && push(earlier, before, MOST_EARLIER);
  if (left) {
    folded.outcomes.set(left.outcome, (folded.outcomes.get(left.outcome) ?? 0) + 1);
    folded.bytesLost += bytesLost(left);
  }
  const length = partLength(planParts(record.size, plan.partSize, plan.lanes), partNumber);
  const attempt: AttemptRecord = { number, partNumber, length, start: at, outcome: 'open', loaded: 0 };
  latest.set(partNumber, attempt);
  inFlight.set(number, attempt);
  totals.attempts += 1;
  sample(record, 0, at);
}

/** Bytes that an attempt has handed to the network in vain. */
export function bytesLost({ outcome, loaded }: AttemptRecord): number {
  return outcome === 'stored' || outcome === 'open' ? 0 : loaded;
}

function moved(record: UploadRecord, number: number, loaded: number, at: number): void {
  const attempt = record.inFlight.get(number);
  if (!attempt) return;
  const { partNumber, length } = attempt;
  attempt.loaded = Math.min(loaded, length);
  if (loaded > 0) attempt.firstByte ??= at;
  if (loaded >= length) attempt.lastByte ??= at;
  const mark = record.marks.get(partNumber) ?? 0;
  const further = Math.max(0, attempt.loaded - mark);
  record.marks.set(partNumber, mark + further);
  sample(record, further, at);
}

function end(record: UploadRecord, attempt: AttemptRecord, outcome: string, at: number): void {
  record.inFlight.delete(attempt.number);
  if (outcome === 'stored') {
    record.marks.delete(attempt.partNumber);
    record.addresses.delete(attempt.partNumber);
  }
  attempt.end = at;
  attempt.outcome = outcome;
  sample(record, 0, at);
}

/** The step that an event is the response to. */
const ANSWERS = { created: 'create', listed: 'list', signed: 'sign', completed: 'complete' } as const;

function took(record: UploadRecord, event: UploadEvent, at: number): void {
  if (event.type in ANSWERS) answered(record, ANSWERS[event.type as keyof typeof ANSWERS], 'ok', at);
  if (event.type === 'created') {
    const { kind, partSize, lanes } = event.session;
    record.plan = { kind, partSize, lanes, held: heldBy(event.holding) };
  }
  if (event.type === 'listed' && record.plan) record.plan = { ...record.plan, held: heldBy(event.holding) };
  if (event.type !== 'failed') return;
  const { task, failure } = event;
  if (task.step !== 'part') answered(record, task.step, codeOf(failure), at);
  else failed(record, task.partNumber, failure, at);
}

function heldBy(holding: Holding | undefined): number {
  return holding?.kind === 'parts' ? holding.parts.length : 0;
}

function failed(record: UploadRecord, partNumber: number, failure: Failure, at: number): void {
  const attempt = record.latest.get(partNumber);
  // What the store has taken may be found wrong afterwards: an ETag that cannot be read, a file that has changed.
  if (attempt?.outcome === 'stored') attempt.outcome = codeOf(failure);
  // What the app's own code threw never reached the transport.
  if (attempt?.outcome === 'open' && failure.kind === 'app-callback') end(record, attempt, codeOf(failure), at);
}

function answered({ calls }: UploadRecord, step: OpenCall['step'], outcome: string, at: number): void {
  const call = calls.list.findLast((one) => one.step === step && one.duration === undefined);
  if (!call) return;
  call.duration = at - call.start;
  call.outcome = outcome;
}

function asked({ calls, totals }: UploadRecord, command: Command, at: number): void {
  switch (command.do) {
    case 'create':
    case 'list':
    case 'sign':
    case 'complete': {
      const parts = command.do === 'sign' ? command.partNumbers.length : 0;
      push(calls, { step: command.do, start: at, parts, outcome: 'open' }, MOST_CALLS);
      return;
    }
    case 'wait':
      totals[command.parked ? 'parked' : 'retries'] += 1;
      if (!command.parked) totals.retryPauses += command.ms;
      return;
    case 'abandon':
      for (const call of calls.list.slice(-4)) {
        if (call.duration !== undefined) continue;
        call.duration = at - call.start;
        call.outcome = 'stopped';
      }
  }
}

function stands(record: UploadRecord, state: UploadState, now: number, at: number): void {
  const { status } = statusOf(state, now);
  // A state that took no time was told to nobody.
  if (record.phases.list.at(-1)?.[1] === at) record.phases.list.pop();
  if (record.phases.list.at(-1)?.[0] !== status) push(record.phases, [status, at], MOST_PHASES);
  record.error = state.at === 'failed' ? state.error.code : undefined;
  const isOver = state.at === 'complete' || state.at === 'failed' || state.at === 'canceled';
  record.endedAt = isOver ? (record.endedAt ?? at) : undefined;
}

function sample({ samples, inFlight }: UploadRecord, bytes: number, at: number, window = samples.now.window): void {
  addSample(samples, at, bytes, { inFlight: inFlight.size, window });
}

/** A failure in a word or three. A store's or server's code is only taken where it looks like one: it is theirs to write. */
function codeOf(failure: Failure): string {
  if (!('status' in failure)) return failure.kind;
  const code = /^[\w.-]{1,40}$/.test(failure.code ?? '') ? ` ${failure.code}` : '';
  return `${failure.kind} ${failure.status}${code}`;
}
