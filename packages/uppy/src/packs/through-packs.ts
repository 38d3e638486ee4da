/** The door to packs: what sends small files together is loaded where a server offers to take them apart. */
import type { Transport } from '@portage/engine';
import type { Packer } from '@portage/engine/packs';
import { arriving } from '../arriving.ts';
import type { FileRange } from '../sending/file-range.ts';
import type { OffThread } from '../sending/worker/off-thread.ts';
import type { PacksOffer } from './packs-types.ts';

export interface PacksDoor {
  readonly transport: Transport<FileRange>;
  /** Whether small files are to travel together now. */
  pays(): boolean;
  offer(offer: PacksOffer): void;
}

export function throughPacks(thread: OffThread): PacksDoor {
  let { transport }: { transport: Transport<FileRange> & Partial<Packer<FileRange>> } = thread;
  let loading = false;
  return {
    offer(offer) {
      if (loading) return;
      loading = true;
      arriving(import('./packs.ts')).then(
        ({ createPacks }) => {
          transport = createPacks(thread, offer);
        },
        () => {
          loading = false;
        },
      );
    },
    pays: () => transport.pays?.() === true,
    transport: { send: (attempt, signal) => transport.send(attempt, signal) },
  };
}
