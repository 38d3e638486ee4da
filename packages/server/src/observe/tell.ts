import type { Guard } from '../guard.ts';
import type { Observer, UploadEvent } from './events.ts';
import type { Logger } from './logger.ts';

/** Tells all observers and the log; an observer that throws or rejects harms neither the call nor the others. */
export function createTeller(observers: readonly Observer[], logger: Logger, guard: Guard): Observer {
  const log: { [E in UploadEvent['event']]: (event: UploadEvent) => void } = {
    created: (event) => logger.info(event, 'upload created'),
    completed: (event) => logger.info(event, 'upload completed'),
    aborted: (event) => logger.info(event, 'upload aborted'),
    renewed: (event) => logger.info(event, 'upload renewed'),
    discarded: (event) => logger.warn(event, 'stored object discarded'),
    swept: (event) => logger.info(event, 'stale uploads aborted'),
    refused: (event) => logger.info(event, 'upload refused'),
    // One line for each call would drown the rest; observers get them.
    call: () => undefined,
  };
  return (event) => {
    for (const observe of [...observers, log[event.event]]) guard.tell('observe', () => observe(event));
  };
}
