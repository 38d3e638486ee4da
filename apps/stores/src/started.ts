/** The stores of a run: started before all tests, ended after them. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import buildPages from '../../e2e/support/build-pages.ts';
import { startCeph } from './ceph.ts';
import type { RealStore, StartedStore, StartStore } from './real-store.ts';
import { startSwift } from './swift.ts';

const ALL = ['ceph', 'ceph-new', 'swift', 'swift-new'] as const;
export type Kind = (typeof ALL)[number];

const wanted = process.env['STORES']?.split(',');
/** Kinds of stores that are looked for; `STORES=ceph,swift` picks. */
export const KINDS: readonly Kind[] = ALL.filter((kind) => wanted?.includes(kind) ?? true);

/** What Debian has newest, whatever the machine is. */
const NEWEST = 'sid';

const START: Readonly<Record<Kind, StartStore>> = {
  ceph: (folder) => startCeph(folder),
  'ceph-new': (folder) => startCeph(folder, NEWEST),
  swift: (folder) => startSwift(folder),
  'swift-new': (folder) => startSwift(folder, NEWEST),
};

type Started = Partial<Record<Kind, RealStore | { readonly why: string }>>;

/** For Playwright's `globalSetup`: workers read what is running from the environment. */
export default async function startStores(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'portage-stores-'));
  const running: StartedStore[] = [];
  const started: Started = {};
  const start = async (kind: Kind) => {
    const own = join(folder, kind);
    await mkdir(own);
    try {
      const { stop, ...store } = await START[kind](own);
      running.push({ stop, ...store });
      started[kind] = store;
      console.log(`${store.title} runs.`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      started[kind] = { why };
      console.log(`Passed over: ${kind}, ${why}.`);
    }
  };
  await Promise.all([...KINDS.map(start), buildPages()]);
  process.env['PORTAGE_STORES'] = JSON.stringify(started);
  return async () => {
    await Promise.all(running.map(({ stop }) => stop()));
    await rm(folder, { recursive: true, force: true });
  };
}

/** A store of this run, or why there is none. */
export function storeOf(kind: Kind): RealStore | { readonly why: string } {
  const started: Started = JSON.parse(process.env['PORTAGE_STORES'] ?? '{}');
  return started[kind] ?? { why: 'it was not started' };
}
