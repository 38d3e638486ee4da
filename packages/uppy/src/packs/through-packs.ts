/** The door to packs: what sends small files together is loaded where a server offers to take them apart. */
import type { Transport } from '@portage/engine';
import { arriving } from '../arriving.ts';
import type { FileRange } from '../sending/file-range.ts';
import type { OffThread } from '../sending/worker/off-thread.ts';
import type { PacksOffer } from './packs-types.ts';

export interface PacksDoor {
  readonly transport: Transport<FileRange>;
  offer(offer: PacksOffer): void;
}

export function throughPacks(thread: OffThread): PacksDoor {
  let late: Required<Transport<FileRange>> | undefined;
  let loading = false;
  return {
    offer(offer) {
      if (loading) return;
      loading = true;
      arriving(import('./packs.ts')).then(
        ({ createPacks }) => {
          late = createPacks(thread, offer);
        },
        () => {
          loading = false;
        },
      );
    },
    transport: {
      get packs() {
        return late?.packs === true;
      },
      send: (attempt, signal) => (late ?? thread.transport).send(attempt, signal),
    },
  };
}
