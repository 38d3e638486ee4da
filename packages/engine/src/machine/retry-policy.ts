/** What follows a failure. Pure: the same failure in the same situation always meets the same decision. */
import { MIN_PART_SIZE } from '@portage/protocol';
import { AppCallbackError, FileUnreadableError, type UploadError } from '../errors/errors.ts';
import {
  CorruptError,
  ETagHiddenError,
  GatewayRefusedError,
  InvalidResponseError,
  LocalNetworkDeniedError,
  NoProgressError,
  ServerRefusedError,
  ServerUnreadableError,
  StoreRefusedError,
  StoreUnreadableError,
  TooSlowError,
  UnauthorizedError,
  UploadGoneError,
} from '../errors/failure-errors.ts';
import { FileChangedError } from '../errors/file-changed-error.ts';
import type { Failure, Hidden, Sent } from '../failure.ts';

/** The steps of an upload that can fail. */
export type Step = 'create' | 'sign' | 'list' | 'complete' | 'part';

export type Decision =
  /** Make the same attempt again after `ms` milliseconds. */
  | { readonly do: 'retry'; readonly ms: number }
  /** No network: wait for it, and look again after `ms` anyway, since a browser's word on this is a hint. Not counted. */
  | { readonly do: 'park'; readonly ms: number }
  /** Get a new signature and make the attempt again at once. */
  | { readonly do: 'sign-again' }
  /** Ask the store which parts it holds, and send those that are missing. */
  | { readonly do: 'list' }
  /** Ask beside what the store holds: the part may be there. It is sent again after `ms` milliseconds where it is not. */
  | { readonly do: 'look'; readonly ms: number }
  /** An object is there already, by an attempt of this upload whose response was lost: nothing has to be sent. */
  | { readonly do: 'confirm' }
  /** Create the upload anew, from the first byte: the store no longer knows it, or with `small` parts as small as can be. */
  | { readonly do: 'start-anew'; readonly small?: boolean }
  | { readonly do: 'fail'; readonly error: UploadError };

/** What the decision depends on beside the failure. */
export interface Situation {
  readonly step: Step;
  /** Attempts of this step that failed before this one. */
  readonly tries: number;
  /** Whether this step was already signed again since it last worked. */
  readonly signedAgain: boolean;
  /** How much of the part was handed over this time. */
  readonly sent: Sent;
  /** How many attempts of the part were handed over whole and not answered, with this one. */
  readonly unanswered: number;
  /** Of the part that failed, in bytes; 0 where it is none. */
  readonly partSize: number;
  /** Whether the upload goes in one request. */
  readonly single: boolean;
  /** Whether the store has refused this step for damage on its way before. */
  readonly damagedBefore: boolean;
  /** Whether an earlier attempt of the part may be stored. */
  readonly doubtful: boolean;
  /** Whether the signature is past its end, or close to it. */
  readonly signatureOld: boolean;
  /** How often the store was already asked what it holds. */
  readonly lists: number;
  /** Whether this upload was already started anew. */
  readonly startedAnew: boolean;
  /** Whether the store has taken a part of that size, or a larger one. */
  readonly passed: boolean;
  /** Whether it was created with small and equal parts, for a gateway that takes no larger ones, or a store no others. */
  readonly small?: boolean | undefined;
  /** Whether its parts are of several sizes. */
  readonly unequal?: boolean | undefined;
  /** Milliseconds since the upload last made progress. */
  readonly idle: number;
  readonly online: boolean;
  /** How long the page's retry budget has this retry wait at least, in milliseconds. */
  readonly hold: number;
  /** From 0 up to, not including, 1. */
  readonly random: number;
}

/** Longest pause before an attempt, unless the store names its own, in milliseconds. */
const CAP = 20_000;
/** First pause at most, in milliseconds: after a failed connection, and after the store asked for less. */
const BASE = 50;
const THROTTLED_BASE = 1_000;
/** Shortest pause before a request that may do harm, or that a gateway answers. In milliseconds. */
const UNHURRIED = 2_500;
/** How often a parked upload looks for the network by itself, in milliseconds. */
const PROBE = 5_000;
/** So many attempts of a part in vain, and its signature may be the reason. */
const DOUBTFUL = 4;
/**
 * So long nothing could be read of a host that answers: it is kept from the page. Less may be an outage behind a gateway, whose
 * pages have no CORS headers. In milliseconds.
 */
const BELIEVED = 6_000;
/** An upload that made no progress for so long, while online, gives up. In milliseconds. */
export const GIVE_UP_AFTER = 15 * 60_000;
/** A gateway that refuses everything may be one that is being set up anew. In milliseconds. */
const GATEWAY_TIMEOUT = 30_000;
/** After so many unread answers to Create it is not made again: each may have left an upload in the store. */
const MOST_CREATES = 3;
/** So often a part is handed over whole without a response before the store is asked for it. */
const UNANSWERED = 2;
/** So often a gateway gives up on a part before smaller ones are tried. */
const TOO_SLOW = 3;
/** Halved three times from what is one at once: in a minute the link may be faster. */
const TOO_FEW = 0.25;
/** So long that question has for its response, in milliseconds. */
const LOOK = 2_000;
/** A throwing callback may be a failed request or a bug; as a bug it would never heal. In milliseconds. */
const CALLBACK_TIMEOUT = 30_000;

/**
 * Full jitter: evenly spread from 0 to the exponential bound. AWS's simulation of 100 contending clients needs 8 calls
 * a client with it, 19 with plain exponential backoff, 24 with none.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoff(base: number, tries: number, random: number): number {
  return Math.round(random * Math.min(CAP, base * 2 ** Math.min(tries, 30)));
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const THROTTLED = new Set(['SlowDown', 'ServiceUnavailable', 'TooManyRequests', 'store-unavailable']);
const TRANSIENT = new Set([
  'RequestTimeout',
  'InternalError',
  'OperationAborted',
  'ConditionalRequestConflict',
  'IncompleteBody',
]);
const EXPIRED = new Set(['ExpiredToken', 'RequestTimeTooSkewed', 'RequestExpired']);
const DAMAGED = new Set(['BadDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch']);

/** Whether the store says that what it got is not what was sent. */
export function saysDamaged(failure: Failure): boolean {
  return failure.kind === 'store' && DAMAGED.has(failure.code ?? '');
}

/** Whether the one who was asked wants to be asked less. */
export function asksForLess(failure: Failure): boolean {
  if (!('status' in failure)) return false;
  return failure.status === 429 || failure.status === 503 || THROTTLED.has(failure.code ?? '');
}

export function decide(failure: Failure, now: Situation): Decision {
  switch (failure.kind) {
    case 'network':
    case 'stalled': {
      const hidden = failure.kind === 'network' ? failure.hidden : undefined;
      if (hidden?.ms === Number.POSITIVE_INFINITY) return fail(() => unreadable(hidden));
      // Stores answer a bad signature without CORS headers, which reaches the page as a network error. Silence is no response.
      const isOver = failure.kind === 'stalled' && now.idle > GIVE_UP_AFTER;
      const maySign = now.step === 'part' && !now.signedAgain && !isOver;
      if (maySign && now.signatureOld) return { do: 'sign-again' };
      if (!now.online) return { do: 'park', ms: PROBE };
      // Of small parts only the size is new: the store was doubted for long enough before.
      const enough = now.tries >= 2 || now.small;
      const believed =
        hidden && (now.step === 'create' ? now.tries >= MOST_CREATES - 1 : enough && hidden.ms >= BELIEVED);
      // By a clock that is wrong it may have ended long ago: another signature costs one call for all parts.
      const doubtful = believed ? !now.small : now.tries >= DOUBTFUL;
      if (maySign && doubtful) return { do: 'sign-again' };
      // A gateway may also end connections for a body that it finds too long.
      const resets = failure.kind === 'network' && !hidden && now.sent === 'some' && now.tries > DOUBTFUL + 1;
      if (believed || resets) {
        const smaller = smallerParts(now);
        if (smaller) return smaller;
      }
      if (believed) return fail(() => unreadable(hidden));
      // A Create without a response may have begun an upload that nobody knows of. Whose answers are hidden may be a gateway
      // whose server is being deployed anew. Neither is asked again in a hurry.
      const pause = hidden || (now.step === 'create' && now.tries > 0) ? unhurried(now, hidden) : undefined;
      return again(now, BASE, pause, noProgress);
    }
    case 'too-old':
      return tooOld(failure.atOnce, now);
    case 'invalid-response':
      return again(now, THROTTLED_BASE, undefined, () => new InvalidResponseError(failure.cause));
    case 'moved':
      return { do: 'start-anew' };
    case 'etag-hidden':
      return { do: 'fail', error: new ETagHiddenError() };
    case 'damaged':
      return damaged(now);
    case 'unreadable':
      return { do: 'fail', error: new FileUnreadableError(failure.cause) };
    case 'changed':
      return { do: 'fail', error: new FileChangedError(undefined, failure.cause) };
    case 'app-callback':
      if (failure.refused) return { do: 'fail', error: new AppCallbackError(failure.cause) };
      // The request as the app signed it cannot be sent at all: the same one again would not heal.
      if (now.step === 'part' && !now.signedAgain) return { do: 'sign-again' };
      if (now.idle > CALLBACK_TIMEOUT) return { do: 'fail', error: new AppCallbackError(failure.cause) };
      if (!now.online) return { do: 'park', ms: PROBE };
      return { do: 'retry', ms: Math.max(now.hold, backoff(THROTTLED_BASE, now.tries, now.random)) };
    case 'server':
      return afterServer(failure, now);
    case 'store':
      return afterStore(failure, now);
  }
}

/** A gateway ends each request at one age. Fewer go at once now; where one alone is not through, smaller ones may be. */
function tooOld(atOnce: number, now: Situation): Decision {
  const smaller = atOnce < 1 && smallerParts(now);
  return smaller || (atOnce < TOO_FEW ? fail(() => new TooSlowError()) : again(now, BASE, undefined, noProgress));
}

const noProgress = () => new NoProgressError(GIVE_UP_AFTER / 60_000);

function unhurried({ tries, random }: Situation, hidden: Hidden | undefined): number {
  const longest = 1.5 * UNHURRIED;
  const left = BELIEVED - (hidden?.ms ?? BELIEVED);
  // The attempt that decides is made as soon as it can decide.
  if (left > 0 && left <= longest) return Math.round(left);
  return Math.max(Math.round(UNHURRIED + random * (longest - UNHURRIED)), backoff(BASE, tries, random));
}

function again(now: Situation, base: number, retryAfter: number | undefined, giveUp: () => UploadError): Decision {
  if (now.idle > GIVE_UP_AFTER) return { do: 'fail', error: giveUp() };
  // The one who asks for a pause knows better than chance. Capped, since an hour's pause is a hang to a person.
  const pause = retryAfter === undefined ? backoff(base, now.tries, now.random) : Math.min(retryAfter, 120_000);
  const ms = Math.max(pause, now.hold);
  // A gateway may have given up on a store that took the part all the same.
  return now.unanswered >= UNANSWERED ? { do: 'look', ms: Math.max(ms, LOOK) } : { do: 'retry', ms };
}

function afterServer(failure: Extract<Failure, { kind: 'server' }>, now: Situation): Decision {
  const { code, message, hint } = failure;
  if (code === 'unauthorized') return unauthorized(now) ?? { do: 'fail', error: new UnauthorizedError(message, hint) };
  const isPage = code.startsWith('http-');
  const refused = () =>
    isPage ? new GatewayRefusedError(failure.status) : new ServerRefusedError(code, message, hint);
  if (code === 'no-such-upload') return now.startedAnew ? gone() : { do: 'start-anew' };
  const remedy = code === 'invalid-parts' && partsRefused(now);
  if (remedy) return remedy;
  if (code === 'checksum-mismatch') return damaged(now);
  if (code === 'size-mismatch') return { do: 'fail', error: new CorruptError() };
  return passing(failure, now, refused) ?? (isPage ? turnedAway(refused, failure.status, now) : fail(refused));
}

/**
 * Where all is sent, the object may be stored, and its response was lost: with fresh headers the session may have begun anew,
 * and what the store holds may be told where Complete is refused.
 */
function unauthorized({ step, tries, lists, hold, random }: Situation): Decision | undefined {
  if (step !== 'complete' || lists > 0) return undefined;
  if (tries === 0) return { do: 'retry', ms: Math.max(hold, backoff(THROTTLED_BASE, 0, random)) };
  return { do: 'list' };
}

function unreadable(hidden: Hidden): UploadError {
  if (hidden.by === 'permission') return new LocalNetworkDeniedError(hidden);
  return hidden.of === 'server' ? new ServerUnreadableError(hidden) : new StoreUnreadableError(hidden);
}

/**
 * Not in the words of those who were asked: a page of a gateway. A 404 is that of one that is being set up anew, and where
 * the object may be stored already it is worth while to ask again whatever it says.
 */
function turnedAway(refused: () => UploadError, status: number, now: Situation): Decision {
  const passes = status === 404 || now.step === 'complete';
  if (!passes || now.idle > GATEWAY_TIMEOUT) return fail(refused);
  return again(now, THROTTLED_BASE, undefined, refused);
}

function fail(error: () => UploadError): Decision {
  return { do: 'fail', error: error() };
}

/** A gateway may limit the length of a body; parts as small as S3 takes them may get through. Not where a larger one did. */
function smallerParts({ step, sent, partSize, passed, small }: Situation): Decision | undefined {
  const worthWhile = step === 'part' && sent !== 'nothing' && partSize > MIN_PART_SIZE && !passed && !small;
  return worthWhile ? { do: 'start-anew', small: true } : undefined;
}

/** Parts are missing on Complete. Where they are not, the store may want all of one size, as R2 does. */
function partsRefused({ step, lists, unequal, small }: Situation): Decision | undefined {
  if (step !== 'complete') return undefined;
  if (unequal && lists > 0 && !small) return { do: 'start-anew', small: true };
  return lists < 3 ? { do: 'list' } : undefined;
}

function afterStore(failure: Extract<Failure, { kind: 'store' }>, now: Situation): Decision {
  const { status, code = '' } = failure;
  const refused = () => (code === '' ? new GatewayRefusedError(status) : new StoreRefusedError(status, code));
  // The page of a gateway that has not so much time for one body: a shorter one may be through in it.
  const isTooSlow = (status === 504 || status === 524) && !code && now.tries >= TOO_SLOW;
  const wait = (isTooSlow && smallerParts(now)) || passing(failure, now, refused);
  if (wait) return wait;
  // A single upload that may not overwrite anything meets its own object when the response to its PUT was lost. Where no PUT
  // came before, the object is another one.
  if (status === 412 && now.single && now.doubtful) return { do: 'confirm' };
  if (code === 'NoSuchUpload' || (code === 'NoSuchKey' && now.step !== 'create'))
    return now.startedAnew ? gone() : { do: 'start-anew' };
  const remedy = code === 'InvalidPart' && partsRefused(now);
  if (remedy) return remedy;
  if (DAMAGED.has(code)) return now.damagedBefore ? { do: 'fail', error: new CorruptError() } : { do: 'retry', ms: 0 };
  if (EXPIRED.has(code) && now.tries < 5) return { do: 'sign-again' };
  if (status === 403 && (now.signatureOld || !now.signedAgain)) return { do: 'sign-again' };
  if (code !== '') return fail(refused);
  return (status === 413 && smallerParts(now)) || turnedAway(refused, status, now);
}

/** Asked for less, or something broke over there: it passes. */
function passing(
  failure: Extract<Failure, { status: number }>,
  now: Situation,
  giveUp: () => UploadError,
): Decision | undefined {
  const { status, code = '', retryAfter } = failure;
  if (asksForLess(failure)) return again(now, THROTTLED_BASE, retryAfter, giveUp);
  if (status >= 500 || status === 408 || TRANSIENT.has(code)) return again(now, BASE, retryAfter, giveUp);
  return undefined;
}

/** The store is asked which parts they are, and those are sent again. */
function damaged(now: Situation): Decision {
  return now.lists < 2 ? { do: 'list' } : { do: 'fail', error: new CorruptError() };
}

function gone(): Decision {
  return { do: 'fail', error: new UploadGoneError() };
}
