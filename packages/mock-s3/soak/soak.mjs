import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Ledger } from './ledger.mjs';
import { Load } from './load.mjs';
import { startStore } from './store-process.mjs';

/** How many clients write at once. */
const CLIENTS = 4;

/** Most writes that a store acknowledges before it is killed, a little later; and most time for it, in milliseconds. */
const WRITES = 24;
const LIFE = 2_000;
const LATER = 15;

/**
 * Starts a store, writes to it, kills it, starts it again on the same folder and looks at what is there.
 * @returns {Promise<{ kills: number, acknowledged: object, torn: number, lost: number }>}
 */
export async function soak({ kills, seed = 1, onKill = () => {} }) {
  const dataDir = await mkdtemp(join(tmpdir(), 'mock-s3-soak-'));
  const ledger = new Ledger();
  const random = generator(seed);
  try {
    for (let n = 1; n <= kills; n++) {
      const store = await startStore(dataDir);
      await ledger.check(store);
      const load = new Load(store, ledger, random);
      const clients = Array.from({ length: CLIENTS }, (_, index) => load.run(index));
      await Promise.race([ledger.untilAcknowledged(Math.floor(random() * WRITES)), delay(LIFE)]);
      await delay(random() * LATER);
      load.stop();
      await store.kill();
      await Promise.all(clients);
      onKill(n, ledger.counts);
    }
    const store = await startStore(dataDir);
    await ledger.check(store);
    await store.kill();
    return { kills, ...ledger.counts };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Numbers from 0 to 1 that a seed determines. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
