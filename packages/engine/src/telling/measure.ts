/** What an event does to an upload's count of bytes. */

import { bytesHeld } from '../machine/upload-machine.ts';
import type { UploadEvent, UploadState } from '../machine/upload-state.ts';
import { heldMeter, type Meter, partLost, partStored, restartMeter } from './progress.ts';

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
