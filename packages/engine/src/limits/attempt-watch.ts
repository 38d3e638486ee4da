/** The attempts in flight, over all uploads: which are silent, and what is done about it. */

import type { Sent } from '../failure.ts';
import type { RequestSpeed } from '../machine/choose-parts.ts';
import type { Clock } from '../ports.ts';
import {
  blindTimeout,
  lateResponse,
  learnResponse,
  MOST,
  NO_RESPONSES,
  type ResponseTimes,
  TELLING,
  timeoutsFor,
} from './timeouts.ts';
import { afterNews } from './timers.ts';

/** One attempt in flight. */
export interface WatchedAttempt {
  /** `loaded` bytes are handed to the network. Returns how many of them are new. */
  moved(loaded: number): number;
  /** The store has taken the part. */
  answered(): void;
  /** The attempt is over, whatever came of it. */
  close(): void;
  /** How much of the body is handed to the network. */
  readonly sent: Sent;
  /** Whether it was ended for its silence. */
  readonly givenUp: boolean;
}

export interface AttemptToWatch {
  readonly partNumber: number;
  /** In bytes. */
  readonly size: number;
  /** Attempts of this part that were given up before. */
  readonly stalls: number;
  /** Ends the attempt. */
  readonly abort: () => void;
  /** Whether the browser may hold it until others are through. @default never */
  readonly isQueued?: () => boolean;
}

export interface AttemptWatch<Upload> {
  /** How many are silent. */
  readonly silent: number;
  /** How fast requests were seen to be; undefined while unknown. */
  readonly speed: RequestSpeed | undefined;
  /** Whether requests move without showing it: seen by their responses, or because something stands in between. */
  readonly hiding: Hiding;
  /** Whether it is time to say so: parts are answered, or under way for a while, and none was seen to move. */
  readonly isBlind: boolean;
  open(upload: Upload, options: AttemptToWatch): WatchedAttempt;
  /** A moment has passed. Without a network, attempts that have stopped are given up: there is nothing to wait for. */
  tick(): void;
}

export type Hiding = 'no' | 'perhaps' | 'surely';

/** What is known of an attempt when something has to give. */
export interface AttemptState<Upload> {
  readonly upload: Upload;
  readonly partNumber: number;
  readonly begunAt: number;
  readonly movedAt: number;
  readonly silent: boolean;
}

/**
 * Which attempt is given up now that `fallen` is silent, if any. A silent connection may be dead, or on a link that has
 * become slow; ending all of them would throw away the work of the slow one, so a second attempt beside it comes first
 * and something is given up only where that cannot be had: no further request may start and none moves, or both attempts are silent.
 */
export function toGiveUp<State extends AttemptState<unknown>>(
  attempts: Iterable<State>,
  fallen: State,
  full: boolean,
  now: number,
): State | undefined {
  if (now - fallen.movedAt >= MOST) return fallen;
  const all = [...attempts];
  const ofPart = all.filter((attempt) => attempt.upload === fallen.upload && attempt.partNumber === fallen.partNumber);
  if (ofPart.length > 1)
    return ofPart.every((attempt) => attempt.silent) ? first(ofPart, (attempt) => attempt.begunAt) : undefined;
  return full && all.every((attempt) => attempt.silent) ? first(all, (attempt) => attempt.movedAt) : undefined;
}

function first<T>(list: readonly T[], of: (item: T) => number): T | undefined {
  return list.toSorted((a, b) => of(a) - of(b))[0];
}

/** Firefox leaves requests open when the network goes: such an attempt has not moved for so long. In milliseconds. */
const OFFLINE = 3_000;

/** A response that takes longer than this is late: it is S3's slowest in a thousand (aws-c-s3). In seconds. */
const LATE = 5;

/** A request that has not shown any progress for so long may be one of those that never do. In milliseconds. */
const DARK = 5_000;

/** At most this share of parts is sent twice because a response is late, and one more. */
const HEDGED_SHARE = 0.01;

interface Watched<Upload> extends AttemptState<Upload>, WatchedAttempt {
  movedAt: number;
  silent: boolean;
  givenUp: boolean;
  readonly abort: () => void;
}

export function createAttemptWatch<Upload>(
  clock: Clock,
  on: {
    isOnline(): boolean;
    /** What stands between the page and the network, if anything. */
    between(): unknown;
    /** Whether requests are held, and nobody is silent. */
    isHeld(): boolean;
    /** Whether no further attempt may start. */
    isFull(): boolean;
    onSilent(upload: Upload, partNumber: number): void;
    /** A silent attempt has moved after all. */
    onHeard(upload: Upload, partNumber: number): void;
  },
): AttemptWatch<Upload> {
  const attempts = new Set<Watched<Upload>>();
  /** How many of them are silent. Kept, because it is asked for at every turn, and thousands may be under way. */
  let silent = 0;
  /** Bytes per second that one request was seen to move; 0 while unknown. */
  let rate = 0;
  let answers: ResponseTimes = NO_RESPONSES;
  let early = 0;
  /** What requests have shown so far: progress, or answers without any. */
  let shown: 'nothing' | 'progress' | 'answers' = 'nothing';
  let between = on.between();

  /** What stands in between now may be another one than before. */
  function hiding(): Hiding {
    const now = on.between();
    if (now !== between) shown = 'nothing';
    between = now;
    if (shown === 'progress') return 'no';
    return shown === 'answers' || between ? 'surely' : 'perhaps';
  }

  function learnRate(bytes: number, ms: number): void {
    if (bytes < TELLING || ms <= 0) return;
    const seen = (bytes / ms) * 1000;
    rate = rate === 0 ? seen : 0.7 * rate + 0.3 * seen;
  }

  /** How long to wait for the response. The bound on early second attempts keeps their cost to 1 % of the bytes. */
  function responseTimeout(usual: number, size: number): number {
    const late = lateResponse(answers, size);
    return late !== undefined && early < 1 + answers.count * HEDGED_SHARE ? Math.min(usual, late) : usual;
  }

  function giveUp(attempt: Watched<Upload>): void {
    attempt.givenUp = true;
    attempt.abort();
  }

  return {
    tick() {
      if (on.isOnline()) return;
      for (const attempt of [...attempts]) if (clock.now() - attempt.movedAt >= OFFLINE) giveUp(attempt);
    },
    get silent() {
      return silent;
    },
    get speed() {
      return rate > 0 ? { rate, answer: answers.mean } : undefined;
    },
    get hiding() {
      return hiding();
    },
    get isBlind() {
      if (hiding() === 'no') return false;
      // They stand in the order in which they began.
      const [oldest] = attempts;
      return shown === 'answers' || (oldest !== undefined && clock.now() - oldest.begunAt >= DARK);
    },
    open(upload, { partNumber, size, stalls, abort, isQueued = () => false }) {
      const timeout = timeoutsFor(size, rate, stalls, answers);
      const begunAt = clock.now();
      let sentAt: number | undefined;
      let seen = 0;
      let stopTimer = () => {};
      const expectWithin = (ms: number) => {
        stopTimer();
        stopTimer = afterNews(clock, ms, () => {
          if (on.isHeld() || isQueued()) attempt.movedAt = clock.now();
          const waited = clock.now() - attempt.movedAt;
          if (waited === 0) return expectWithin(ms);
          const hides = seen === 0 ? hiding() : 'no';
          const isBlind = hides !== 'no';
          const left = isBlind ? blindTimeout(size, rate, stalls, hides === 'surely') - waited : 0;
          if (left > 0) return expectWithin(left);
          const isEarly = !isBlind && waited < timeout.answering;
          // Where the others use the link, sending so much again takes from them what waiting does not.
          if (isEarly && on.isFull() && size > rate * LATE) return expectWithin(ms);
          if (!attempt.silent) silent += 1;
          attempt.silent = true;
          if (isEarly) early += 1;
          // Asked again after each further timeout: there may be room for a second attempt then.
          expectWithin(timeout.moving);
          // Without a network there is nothing to wait for: the part is parked. Nor is there where every timeout has ended.
          const over = on.isOnline() && !isBlind ? toGiveUp(attempts, attempt, on.isFull(), clock.now()) : attempt;
          if (over) giveUp(over);
          if (over !== attempt) on.onSilent(upload, partNumber);
        });
      };
      const attempt: Watched<Upload> = {
        upload,
        partNumber,
        begunAt,
        movedAt: begunAt,
        silent: false,
        givenUp: false,
        abort,
        get sent() {
          return sentAt !== undefined ? 'all' : seen > 0 ? 'some' : 'nothing';
        },
        moved(loaded) {
          attempt.movedAt = clock.now();
          if (loaded > 0) shown = 'progress';
          if (attempt.silent) {
            attempt.silent = false;
            silent -= 1;
            on.onHeard(upload, partNumber);
          }
          if (loaded >= size) sentAt ??= attempt.movedAt;
          expectWithin(loaded < size ? timeout.moving : responseTimeout(timeout.answering, size));
          const fresh = loaded - seen;
          seen = loaded;
          return fresh;
        },
        answered() {
          if (seen === 0 && size > 0) shown = 'answers';
          learnRate(size, clock.now() - begunAt);
          if (sentAt !== undefined) answers = learnResponse(answers, clock.now() - sentAt, size);
        },
        close() {
          stopTimer();
          attempts.delete(attempt);
          if (attempt.silent) silent -= 1;
          attempt.silent = false;
        },
      };
      attempts.add(attempt);
      expectWithin(timeout.moving);
      return attempt;
    },
  };
}
