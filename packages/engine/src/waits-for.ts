/** What is waited for while nothing of an upload moves. */
import { partLength } from './part-plan.ts';
import type { Meter } from './progress.ts';
import type { UploadSnapshot } from './snapshot.ts';
import type { UploadState } from './upload-state.ts';

/** Parts that are handed over, and not answered for so long, are held by somebody in between. In milliseconds. */
const HELD = 2_000;

/** @param isHeld - Whether the browser asks for a permission. */
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
