import { expect, it } from 'vitest';
import { PLACES, STORES } from '../../test/places.ts';
import { createRegionsWorld } from '../../test/regions-world.ts';
import { MiB } from '../../test/world.ts';

/** All of them: `npm run bench:regions`. */
const CLIENTS = Number(process.env['PORTAGE_CLIENTS'] ?? 40);
const SIZE = 10 * MiB;
/** Of a client to its exchange, in milliseconds, and what it can send, in Mbit/s: from a village to fibre. */
const LAST_MILES = [4, 12, 35];
const UPLINKS = Array.from({ length: 12 }, (_, index) => 4 * 1.4 ** index);
/** Lost segments, which bound a connection as Mathis has it: 1.22 segments per round trip and the root of the loss. */
const LOSS = 0.0005;

interface Client {
  readonly place: string;
  readonly lastMile: number;
  /** In Mbit/s. */
  readonly uplink: number;
}

/** What the second upload of a page takes, once regions are measured; the first goes where the server says. */
async function upload(
  { place, lastMile, uplink }: Client,
  stores: number,
): Promise<{ first: number; next: number; probes: number }> {
  const trips = PLACES[place] ?? [];
  const regions = STORES.slice(0, stores).map((name, index) => {
    const rtt = (trips[index] ?? 0) + lastMile;
    const perConnection = (1.22 * 1460 * 1000) / (rtt * Math.sqrt(LOSS));
    return [name.replace(' ', '-').toLowerCase(), { rtt, rate: (uplink * 1e6) / 8, perConnection }] as const;
  });
  const world = createRegionsWorld({ regions: Object.fromEntries(regions) });
  const began = world.clock.now();
  const first = await world.upload('first', SIZE);
  const between = world.clock.now();
  const next = await world.upload('next', SIZE);
  expect([first.at, next.at]).toEqual(['complete', 'complete']);
  return { first: (first.ms ?? 0) - 0, next: (next.ms ?? 0) - (between - began), probes: world.asked.length };
}

it('clients in eight places are nearer to five regions than to one', { timeout: 1_200_000 }, async () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const clients: Client[] = Array.from({ length: CLIENTS }, () => ({
    ...{ place: pick(Object.keys(PLACES)), lastMile: pick(LAST_MILES), uplink: pick(UPLINKS) },
  }));
  const known = new Map<string, ReturnType<typeof upload>>();
  const medians: number[] = [];
  for (const stores of [1, 3, 5]) {
    // Clients that are alike take alike long: each kind is simulated once.
    const all = await Promise.all(
      clients.map((client) => {
        const kind = JSON.stringify([client, stores]);
        const asked = known.get(kind) ?? upload(client, stores);
        known.set(kind, asked);
        return asked;
      }),
    );
    const at = (values: number[], share: number) =>
      values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
    const next = all.map((one) => one.next);
    const first = all.map((one) => one.first);
    medians.push(at(next, 0.5));
    const seconds = (ms: number) => (ms / 1000).toFixed(1);
    console.log(
      `${CLIENTS} clients, ${stores} region${stores > 1 ? 's' : ''}: 10 MiB in median ${seconds(at(next, 0.5))} s, p95 ${seconds(at(next, 0.95))} s; ` +
        `the first upload of a page, before anything is measured: ${seconds(at(first, 0.5))} s and ${seconds(at(first, 0.95))} s; ` +
        `probes of a session: ${Math.max(...all.map(({ probes }) => probes))} at most`,
    );
  }
  const [one = 0, three = 0, five = 0] = medians;
  expect(three).toBeLessThan(one);
  expect(five).toBeLessThanOrEqual(three);
});
