/**
 * What happened to one upload, as a compact value that can be shown, sent to support, or compared. It holds sizes, times,
 * counts and the codes of failures; no content, no name but its extension, no key, address, token, header or signature.
 */
import { planParts } from '@portage/protocol';
import type { UploadStatus } from './snapshot.ts';
import { type AttemptRecord, bytesLost, type UploadRecord } from './upload-record.ts';

export { startRecord, takeNote, type UploadRecord } from './upload-record.ts';

/**
 * One attempt to store one part. Times are in milliseconds: `start` since the upload began, the others since `start`;
 * null where it did not happen, or not yet.
 */
export type Attempt = readonly [
  partNumber: number,
  start: number,
  /** The browser had taken the first bytes. */
  firstByte: number | null,
  /** The browser had taken the last byte: what follows is on its way, or waits for the store. */
  lastByte: number | null,
  end: number | null,
  outcome: AttemptOutcome,
];

/**
 * - `open`: still under way.
 * - `stored`: the store has answered that it has the part.
 * - `stopped`: no longer wanted: the part was stored by another attempt, or the upload was paused, canceled or failed.
 * - `stalled`: given up for its silence.
 * - `moved`: its region was given up, and the upload begun anew in another one.
 * - `network`, `invalid-response`, `etag-hidden`, `unreadable`, `app-callback`, `damaged`: it failed so.
 * - `store 503 SlowDown`, `server 401 unauthorized`: refused, with the status and the code of the response.
 */
export type AttemptOutcome = string;

/** One call to the server (or, where the page signs itself, to the store). Times as in {@link Attempt}. */
export type CallRecord = readonly [
  step: 'create' | 'sign' | 'list' | 'complete',
  start: number,
  duration: number | null,
  /** `ok`, or as an attempt's. */
  outcome: AttemptOutcome | 'ok',
  /** How many parts it was to sign; 0 for the other steps. */
  parts: number,
];

/** From `start` on, in milliseconds since the upload began, a person was told that the upload is in this state. */
export type Phase = readonly [status: UploadStatus, start: number];

/** Version 1 of the format. A field may be added to it; one that changes its meaning makes a new version. */
export interface Diagnostics {
  readonly version: 1;
  /** When the upload began, in milliseconds since the epoch, by the device's clock. */
  readonly startedAt: number;
  /** Milliseconds from its beginning until its end, or until now. */
  readonly duration: number;
  readonly status: UploadStatus;
  /** The code of the error that ended it. */
  readonly error: string | undefined;
  /**
   * Of a small file that was to travel with others in a pack: milliseconds from its beginning until it went by itself after all; null
   * where it travelled in the pack, whose bytes its one attempt then tells of.
   * @default it was not to travel with others
   */
  readonly alone?: number | null | undefined;
  readonly file: {
    /** In bytes. */
    readonly size: number;
    /** Of its name, without the dot; empty where there is none, or more than eight letters and digits. */
    readonly extension: string;
  };
  /** How the file was cut; undefined before the server has said so. */
  readonly plan:
    | {
        readonly kind: 'single' | 'multipart';
        /** In bytes; of the largest where they are not equal. */
        readonly partSize: number;
        /** For so many requests at once parts are unequal: the first grow, the last shrink. @default all but the last are equal */
        readonly lanes?: number | undefined;
        readonly parts: number;
        /** Parts that the store held already when the upload began, or began again. */
        readonly held: number;
      }
    | undefined;
  readonly totals: {
    /** Attempts that were begun. */
    readonly attempts: number;
    /**
     * Attempts whose address was new to the browser: before each it asks the store for leave, unless that is the page's own
     * origin. A page is not told of preflights; where the response to one was not kept there are more.
     */
    readonly preflights: number;
    /** Pauses after a failure, and the milliseconds that were asked for. */
    readonly retries: number;
    readonly retryPauses: number;
    /** Pauses for want of a network. */
    readonly parked: number;
    /** Second attempts beside a silent one. */
    readonly beside: number;
    /** Bytes handed to the network by attempts that did not store their part. */
    readonly bytesLost: number;
    /** How many attempts ended in which way. */
    readonly outcomes: Readonly<Record<AttemptOutcome, number>>;
  };
  /** In the order in which they began. Each part's latest is here; of the others the newest 2,000. */
  readonly attempts: readonly Attempt[];
  /** The newest 500. */
  readonly calls: readonly CallRecord[];
  /** The newest 500. */
  readonly phases: readonly Phase[];
  /** How many entries were left out of each list, oldest first. */
  readonly leftOut: { readonly attempts: number; readonly calls: number; readonly phases: number };
  /** Over time, in at most 256 buckets of one width. */
  readonly samples: {
    /** Width of a bucket, in milliseconds. */
    readonly every: number;
    /** Bytes that moved the upload on; those of a part that is sent again count from its old mark. */
    readonly moved: readonly number[];
    /** Most attempts of this upload in flight at once. */
    readonly inFlight: readonly number[];
    /** The size of the window, which all uploads of the page share. */
    readonly window: readonly number[];
  };
}

/** @param now - in milliseconds since the epoch. */
export function diagnosticsOf(record: UploadRecord, now: number): Diagnostics {
  const { size, extension, plan, samples, startedAt, endedAt, earlier, latest, calls, phases, folded } = record;
  const attempts = [...earlier.list, ...latest.values()].sort((a, b) => a.number - b.number);
  const outcomes = new Map(folded.outcomes);
  for (const { outcome } of attempts) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  return {
    version: 1,
    startedAt,
    duration: endedAt ?? Math.max(0, now - startedAt),
    status: phases.list.at(-1)?.[0] ?? 'queued',
    error: record.error,
    alone: record.alone,
    file: { size, extension },
    plan: plan && { ...plan, parts: planParts(size, plan.partSize, plan.lanes).count },
    totals: {
      ...record.totals,
      bytesLost: attempts.reduce((sum, attempt) => sum + bytesLost(attempt), folded.bytesLost),
      outcomes: Object.fromEntries(outcomes),
    },
    attempts: attempts.map(attemptOf),
    calls: calls.list.map(({ step, start, duration, outcome, parts }) => [
      step,
      start,
      duration ?? null,
      outcome,
      parts,
    ]),
    phases: [...phases.list],
    leftOut: { attempts: earlier.leftOut, calls: calls.leftOut, phases: phases.leftOut },
    samples: {
      every: samples.every,
      moved: [...samples.moved],
      inFlight: [...samples.inFlight],
      window: [...samples.window],
    },
  };
}

function attemptOf({ partNumber, start, firstByte, lastByte, end, outcome }: AttemptRecord): Attempt {
  const since = (at: number | undefined) => (at === undefined ? null : at - start);
  return [partNumber, start, since(firstByte), since(lastByte), since(end), outcome];
}
