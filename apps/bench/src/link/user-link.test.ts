import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import type { LinkShape } from './link.ts';
import { startUserLink } from './user-link.ts';

const BYTES = 100_000;

/** Milliseconds until the first and the last byte of a message have come through. */
async function send(shape: LinkShape): Promise<{ first: number; last: number }> {
  await using link = startUserLink();
  await link.shape(shape);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const client = connect({ port: Number(new URL(await link.reach(port)).port), host: '127.0.0.1' });
  const [received] = await once(server, 'connection');
  const start = performance.now();
  client.end(Buffer.alloc(BYTES));
  let bytes = 0;
  let first: number | undefined;
  for await (const part of received) {
    first ??= performance.now() - start;
    bytes += part.length;
  }
  const last = performance.now() - start;
  received.destroy();
  server.close();
  expect(bytes).toBe(BYTES);
  return { first: first ?? 0, last };
}

it('lets nothing through faster than its rate', async () => {
  const { last } = await send({ rate: 2e6, roundTrip: 0 });
  // A timer may be a millisecond early.
  expect(last).toBeGreaterThanOrEqual((BYTES * 8000) / 2e6 - 5);
});

it('keeps a connection to a rate of its own', async () => {
  const { last } = await send({ rate: 0, roundTrip: 0, connectionRate: 2e6 });
  expect(last).toBeGreaterThanOrEqual((BYTES * 8000) / 2e6 - 5);
});

it('takes half a round trip for one way', async () => {
  const { first } = await send({ rate: 0, roundTrip: 600 });
  expect(first).toBeGreaterThanOrEqual(295);
});
