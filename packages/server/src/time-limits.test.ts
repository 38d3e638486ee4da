import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { BUCKET, bytesOf, file, type Harness, MiB, sendAll, startServer } from '../test/harness.ts';
import { type Logger, s3 } from './index.ts';

let server: Harness | undefined;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

const QUIET: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
const waiting = (milliseconds: number) => ({ 'portage-timeout': String(milliseconds) });

/** A store that takes every connection and says nothing. */
async function silentStore() {
  const closed: Promise<void>[] = [];
  const silent = createServer(() => undefined).on('connection', (socket: Socket) => {
    closed.push(new Promise((resolve) => socket.on('close', () => resolve())));
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  return { storage: s3({ endpoint, bucket: BUCKET, credentials }), closed };
}

describe('a call', () => {
  it('is answered before the page stops waiting, and the store is let go of', async () => {
    const { storage, closed } = await silentStore();
    server = await startServer({ storage, logger: QUIET });
    const begun = performance.now();
    const { status, headers, body } = await server.post('/files/create', { files: [file('a', 1)] }, waiting(1300));
    expect([status, body.error.code]).toEqual([503, 'store-unavailable']);
    expect(Number(headers.get('retry-after') ?? 1)).toBe(1);
    // Far from the ten seconds that the server would wait for a store by itself.
    expect(performance.now() - begun).toBeLessThan(5000);
    await Promise.all(closed);
  });

  it.each(['', '0', '-5', 'soon', '900', '1e99', '5000.5'])(
    'takes no impossible time from a page that says %j',
    async (says) => {
      server = await startServer();
      const answer = await server.post('/files/create', { files: [file('a', 1)] }, { 'portage-timeout': says });
      expect(answer.status).toBe(200);
    },
  );

  it('to complete goes on at the store, and is there when it is asked for again', async () => {
    let completes = 0;
    let cut = false;
    let goOn: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    server = await startServer();
    const { store } = server;
    const waits = await startServer({
      storage: s3({
        endpoint: store.endpoint,
        bucket: BUCKET,
        credentials: store.credentials[0],
        fetch: async (input, init) => {
          if (init?.method === 'POST' && String(input).includes('uploadId=')) {
            completes++;
            init.signal?.addEventListener('abort', () => {
              cut = true;
            });
            await slow;
          }
          return fetch(input, init);
        },
      }),
    });
    onTestFinished(() => waits[Symbol.asyncDispose]());
    const created = await waits.create(file('a', 6 * MiB, { partSize: 5 * MiB }));
    const parts = await sendAll(created, bytesOf(6 * MiB));
    const complete = (milliseconds: number) =>
      waits.post('/files/complete', { token: created.token, parts }, waiting(milliseconds));
    expect((await complete(1200)).status).toBe(503);
    expect([completes, cut]).toEqual([1, false]);
    goOn();
    expect((await complete(20_000)).status).toBe(200);
    expect(cut).toBe(false);
  });
});

describe('a list of parts', () => {
  it('of many pages is asked for all at once where their number is known', async () => {
    const asked: number[] = [];
    let together: () => void = () => undefined;
    const all = new Promise<void>((resolve) => {
      together = resolve;
    });
    const storage = s3({
      bucket: BUCKET,
      credentials,
      fetch: async (input) => {
        const marker = Number(new URL(String(input)).searchParams.get('part-number-marker'));
        asked.push(marker);
        if (asked.length === 3) together();
        // No page is answered before all are asked for.
        await all;
        const numbers = Array.from({ length: Math.min(1000, 2500 - marker) }, (_, index) => marker + index + 1);
        const parts = numbers.map((n) => `<Part><PartNumber>${n}</PartNumber><ETag>"e"</ETag><Size>1</Size></Part>`);
        const next = marker + 1000 < 2500;
        return new Response(
          `<ListPartsResult><IsTruncated>${next}</IsTruncated>${next ? `<NextPartNumberMarker>${marker + 1000}</NextPartNumberMarker>` : ''}${parts.join('')}</ListPartsResult>`,
        );
      },
    });
    const parts = await storage.listParts({ key: 'a', uploadId: 'u', count: 2500 });
    expect(parts.map(({ partNumber }) => partNumber)).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1));
    expect(asked.toSorted((a, b) => a - b)).toEqual([0, 1000, 2000]);
  });

  it('with gaps has no part twice, and none is missing', async () => {
    const held = [1, 2, 999, 1001, 1500, 2001, 2002, 2500];
    const storage = s3({
      bucket: BUCKET,
      credentials,
      fetch: async (input) => {
        const marker = Number(new URL(String(input)).searchParams.get('part-number-marker'));
        // Three to a page, whatever was asked for.
        const rest = held.filter((n) => n > marker);
        const page = rest.slice(0, 3);
        const parts = page.map((n) => `<Part><PartNumber>${n}</PartNumber><ETag>"e"</ETag><Size>1</Size></Part>`);
        return new Response(
          `<ListPartsResult><IsTruncated>${rest.length > 3}</IsTruncated><NextPartNumberMarker>${page.at(-1) ?? 0}</NextPartNumberMarker>${parts.join('')}</ListPartsResult>`,
        );
      },
    });
    for (const count of [undefined, 2500])
      expect((await storage.listParts({ key: 'a', uploadId: 'u', count })).map((part) => part.partNumber)).toEqual(
        held,
      );
  });
});

describe('/readyz', () => {
  const ready = async (url: string) => {
    const response = await fetch(`${url}/readyz`);
    return [response.status, await response.json()];
  };

  it('says whether calls would succeed, and looks at the store once in five seconds', async () => {
    let now = Date.now();
    server = await startServer({ clock: () => now });
    const { store } = server;
    const looks = () => store.journal.requests({ operation: 'GetObject' }).length;
    for (let i = 0; i < 10; i++)
      expect(await ready(server.url)).toEqual([200, { status: 'ready', store: 'ok', clockSkew: 0 }]);
    expect(looks()).toBe(1);
    await store.close();
    now += 5_001;
    expect(await ready(server.url)).toMatchObject([503, { status: 'not-ready', store: 'unavailable' }]);
    // A store that is down is no reason to start this server anew.
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    server.uploads.drain();
    expect(await ready(server.url)).toMatchObject([503, { status: 'draining' }]);
  });

  it.each([
    ['wrong keys', { credentials }],
    ['a bucket that is not there', { bucket: 'no-such-bucket' }],
  ])('tells %s from a store that is down, and the log says more', async (_title, wrong) => {
    const good = await startServer();
    onTestFinished(() => good[Symbol.asyncDispose]());
    const { endpoint, credentials: keys } = good.store;
    server = await startServer({ storage: s3({ endpoint, bucket: BUCKET, credentials: keys[0], ...wrong }) });
    expect(await ready(server.url)).toMatchObject([503, { status: 'not-ready', store: 'refused' }]);
    expect(server.errors).toMatchObject([{ name: 'StoreError', reason: 'refused' }]);
  });
});

describe('a machine whose clock is wrong', () => {
  it.each([20 * 60, -20 * 60])('signs by the time of the store, which is %d s ahead, and says so', async (seconds) => {
    const warned: object[] = [];
    const logger = { ...QUIET, warn: (fields: object) => void warned.push(fields) };
    server = await startServer({ logger, s3: { now: () => Date.now() + seconds * 1000 } });
    const created = await server.create(file('a', 3));
    const parts = await sendAll(created, bytesOf(3));
    expect((await server.complete(created.token, parts)).status).toBe(200);
    expect(warned).toEqual([{ clockSkew: expect.closeTo(seconds, -1) }]);
    const { clockSkew } = (await (await fetch(`${server.url}/readyz`)).json()) as { clockSkew: number };
    expect(Math.abs(clockSkew - seconds)).toBeLessThan(5);
  });

  it('that is off by a second or two is left alone: a Date tells no more', async () => {
    server = await startServer({ s3: { now: () => Date.now() + 2000 } });
    await server.create(file('a', 3));
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ clockSkew: 0 });
  });
});
