/** The door to packs: what sends small files together is loaded where a server offers to take them apart. */
import type { Uppy } from '@uppy/core';
import { arriving } from '../arriving.ts';
import type { OffThread } from '../sending/worker/off-thread.ts';
import { within } from '../timer-clock.ts';
import type { PacksDoor } from './packs-types.ts';

/** For so long files wait for the code, in milliseconds: those that go meanwhile hold all connections, and the first pack would wait for one. */
const SOON = 500;

export function throughPacks(uppy: Uppy, thread: OffThread): PacksDoor {
  let late: PacksDoor | undefined;
  let loading: Promise<PacksDoor> | undefined;
  return {
    offer(offer) {
      loading ??= arriving(import('./packs.ts')).then(({ createPacks }) => {
        late = createPacks(uppy, thread);
        return late;
      });
      return within(
        SOON,
        loading.then(
          (packs) => packs.offer(offer),
          () => {
            loading = undefined;
          },
        ),
      );
    },
    pays: () => late?.pays() === true,
    transport: { send: (attempt, signal) => (late ?? thread).transport.send(attempt, signal) },
  };
}
