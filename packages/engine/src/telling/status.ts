/** What a person is told about an upload, from its state. */
import { partLength } from '@portage/protocol';
import type { Call, Sending, UploadState } from '../machine/upload-state.ts';
import { atRest, type Meter, type Progress } from './progress.ts';
import type { UploadSnapshot, UploadStatus } from './snapshot.ts';

/** A pause shorter than this is not worth a word. In milliseconds. */
const WORTH_TELLING = 500;

/** @param isBlind - Whether nothing can be seen of the parts under way. */
export function snapshotOf(state: UploadState, progress: Progress, now: number, isBlind = false): UploadSnapshot {
  const { status, retryAt } = statusOf(state, now);
  return {
    status,
    retryAt,
    progress: shown(progress, status, isBlind),
    error: state.at === 'failed' ? state.error : undefined,
  };
}

type Told = { readonly status: UploadStatus; readonly retryAt: number | undefined };

export function statusOf(state: UploadState, now: number): Told {
  switch (state.at) {
    case 'waiting':
      return plain('queued');
    case 'creating':
      return ofCall(state.call, 'uploading', now);
    case 'listing':
      return ofCall(state.call, 'resuming', now);
    case 'sending':
      return ofSending(state, now);
    case 'completing':
      return ofCall(state.call, 'verifying', now);
    default:
      return plain(state.at);
  }
}

function plain(status: UploadStatus): Told {
  return { status, retryAt: undefined };
}

function ofCall(call: Call, otherwise: UploadStatus, now: number): Told {
  if (call.is === 'asking') return plain(otherwise);
  return ofWait(call.parked, call.until, otherwise, now);
}

function ofWait(parked: boolean, until: number, otherwise: UploadStatus, now: number): Told {
  if (parked) return plain('offline');
  return until - now < WORTH_TELLING ? plain(otherwise) : { status: 'retrying', retryAt: until };
}

function ofSending({ parts, signing }: Sending, now: number): Told {
  if (parts.inFlight.size > 0) return plain('uploading');
  const { storedCount, heldCount } = parts;
  // Nothing moves yet, and nothing new is stored: the parts of before are all there is to tell.
  const usual = storedCount === 0 ? 'queued' : storedCount === heldCount ? 'resuming' : 'uploading';
  if (parts.waiting.length > 0) {
    const until = Math.min(...parts.waiting.map((part) => part.until));
    return ofWait(
      parts.waiting.every((part) => part.parked),
      until,
      usual,
      now,
    );
  }
  return signing ? ofCall(signing, usual, now) : plain(usual);
}

function shown(progress: Progress, status: UploadStatus, isBlind: boolean): Progress {
  if (status === 'complete') return { ...progress, loaded: progress.total, percent: 100, speed: 0, eta: 0 };
  if (status !== 'uploading') return atRest(progress);
  return isBlind && progress.loaded === 0 && progress.total > 0 ? { ...progress, unseen: true } : progress;
}

/** Parts that are handed over, and not answered for so long, are held by somebody in between. In milliseconds. */
const HELD = 2_000;

/**
 * What is waited for while nothing of an upload moves.
 * @param isHeld - Whether the browser asks for a permission.
 */
export function waitsFor(
  state: UploadState,
  { inFlight, course }: Meter,
  now: number,
  isHeld: boolean,
): UploadSnapshot['waitsFor'] {
  const isAsking = 'call' in state ? state.call.is === 'asking' : state.at === 'sending';
  if (isHeld && isAsking) return 'permission';
  if (state.at !== 'sending' || !course || now - course.at < HELD) return undefined;
  const { parts } = state;
  const isSent = (partNumber: number) => inFlight.get(partNumber) === partLength(parts.plan, partNumber);
  return parts.inFlight.size > 0 && [...parts.inFlight.keys()].every(isSent) ? 'storage' : undefined;
}
