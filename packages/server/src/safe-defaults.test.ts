import { afterEach, describe, expect, it, vi } from 'vitest';
import { as, byHeader, bytesOf, file, type Harness, MiB, SECRET, sendAll, startServer } from '../test/harness.ts';
import { quickStore } from '../test/tenants.ts';
import { createUploads, memoryReservations, type Reservations, type Route, s3 } from './index.ts';

let server: Harness;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.[Symbol.asyncDispose]();
});

const storage = s3({ bucket: 'b', credentials: { accessKeyId: 'a', secretAccessKey: 's' }, fetch: quickStore });
const define =
  (route: object, more: object = {}) =>
  () =>
    createUploads({ storage, secret: SECRET, routes: { files: route as Route }, ...more });

describe('who may upload', () => {
  it('must be said: by `authorize`, or by `anonymous: true`, not by both or neither', () => {
    expect(define({})).toThrow('Give it an `authorize`, or write `anonymous: true`');
    expect(define({ anonymous: false })).toThrow(TypeError);
    expect(define({ anonymous: true, authorize: byHeader })).toThrow('it can be one of the two');
    expect(define({ anonymous: true })).not.toThrow();
    expect(define({ authorize: byHeader })).not.toThrow();
  });

  it.each([null, undefined, false, 0, ''])('is refused with 401 where `authorize` returns %j', async (nobody) => {
    server = await startServer({ routes: { files: { authorize: () => nobody as null } } });
    const { status, body } = await server.post('/files/create', { files: [file('a', 1)] });
    expect([status, body.error.code]).toEqual([401, 'unauthorized']);
  });

  it.each([{}, { userId: '' }, { userId: 7 }, { userId: 'a'.repeat(257) }, true, 'ann'])(
    'is a bug of the app where `authorize` returns %j: nobody shares a name with all who have none',
    async (context) => {
      server = await startServer({ routes: { files: { authorize: () => context as { userId: string } } } });
      expect((await server.post('/files/create', { files: [file('a', 1)] })).status).toBe(500);
      expect(server.errors).toMatchObject([{ name: 'TypeError', message: expect.stringContaining('userId') }]);
    },
  );
});

describe('the size of a file', () => {
  it('is at most 1 GiB unless the route says otherwise', async () => {
    server = await startServer({ routes: { files: { authorize: byHeader } } });
    const create = async (size: number) => {
      const { body } = await server.post<{ files: { error?: { code: string } }[] }>(
        '/files/create',
        { files: [file('a', size)] },
        as('ann'),
      );
      return body.files[0]?.error?.code;
    };
    expect(await create(1024 * MiB)).toBeUndefined();
    expect(await create(1024 * MiB + 1)).toBe('too-large');
    expect(server.uploads.limits['files']).toMatchObject({ maxSize: 1024 * MiB });
  });

  it.each([{ maxSize: Number.NaN }, { maxSize: -1 }, { minSize: 5, maxSize: 4 }, { maxFiles: 0 }])(
    'that no file can have is refused at once: %o',
    (limits) => expect(define({ anonymous: true, ...limits })).toThrow('no file fits that'),
  );
});

describe('a missing secret', () => {
  it.each([undefined, '', []])('(%j) is refused in production', (secret) => {
    vi.stubEnv('NODE_ENV', 'production');
    expect(define({ anonymous: true }, { secret })).toThrow('`secret` is missing');
  });

  it('is warned of elsewhere, and each server has one of its own', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    const warned: string[] = [];
    const logger = {
      info: () => undefined,
      warn: (_: object, text: string) => warned.push(text),
      error: () => undefined,
    };
    const ask = (uploads: ReturnType<ReturnType<typeof define>>, operation: string, body: object) =>
      uploads(
        new Request(`http://x/files/${operation}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      );
    const one = define({ anonymous: true }, { secret: undefined, logger })();
    const other = define({ anonymous: true }, { secret: undefined, logger })();
    expect(warned).toEqual([expect.stringContaining('UPLOADS_SECRET'), expect.stringContaining('openssl rand')]);
    const { files } = await (await ask(one, 'create', { files: [file('a', 1)] })).json();
    expect((await ask(one, 'sign', { token: files[0].token, parts: [1] })).status).toBe(200);
    expect((await ask(other, 'sign', { token: files[0].token, parts: [1] })).status).toBe(403);
  });
});

describe('a quota', () => {
  const start = (left: () => number, options: { reservations?: Reservations; clock?: () => number } = {}) =>
    startServer({ routes: { files: { authorize: byHeader, quota: left } }, ...options });
  const create = async (sizes: number[], user = 'ann') => {
    const { status, body } = await server.post<{ files: { error?: { code: string }; token: string }[] }>(
      '/files/create',
      { files: sizes.map((size) => file('a', size)) },
      as(user),
    );
    return { status, codes: (body.files ?? []).map(({ error }) => error?.code ?? 'ok'), files: body.files };
  };

  it('is not passed by calls that are made at the same time', async () => {
    server = await start(() => 10);
    const answers = await Promise.all(Array.from({ length: 20 }, () => create([3])));
    const given = answers.flatMap(({ codes }) => codes).filter((code) => code === 'ok');
    expect(given.length).toBeLessThanOrEqual(3);
    expect(given.length).toBeGreaterThan(0);
    expect((await create([10], 'bob')).codes).toEqual(['ok']);
  });

  it('counts files that were sent and never completed, until their time is over', async () => {
    let now = Date.now();
    server = await start(() => 10, { clock: () => now });
    const { files } = await create([6]);
    await sendAll(files[0] as never, bytesOf(6));
    expect((await create([6])).codes).toEqual(['quota-exceeded']);
    now += 7 * 86_400_000;
    expect((await create([6])).codes).toEqual(['quota-exceeded']);
    now += 86_400_001;
    expect((await create([6])).codes).toEqual(['ok']);
  });

  it('is given back by an abort, by a refused file, and by a complete, from when on the app counts', async () => {
    let stored = 0;
    const quota = () => 10 - stored;
    const onComplete = ({ size }: { size: number }) => {
      stored += size;
    };
    server = await startServer({ routes: { files: { authorize: byHeader, quota, onComplete, maxSize: 20 } } });
    const { files } = await create([8]);
    expect((await create([8])).codes).toEqual(['quota-exceeded']);
    expect((await create([21])).codes).toEqual(['too-large']);
    expect((await create([2])).codes).toEqual(['ok']);
    await server.post('/files/abort', { token: files[0]?.token }, as('ann'));
    const again = await create([8]);
    expect(again.codes).toEqual(['ok']);
    const parts = await sendAll(again.files[0] as never, bytesOf(8));
    const { status } = await server.post('/files/complete', { token: again.files[0]?.token, parts }, as('ann'));
    expect([status, stored]).toEqual([200, 8]);
    // Eight are stored, two are under way.
    expect((await create([1])).codes).toEqual(['quota-exceeded']);
  });

  it.each([undefined, null, Number.NaN, '10'])('of %j is a bug of the app, not a quota without end', async (left) => {
    server = await start(() => left as number);
    expect((await create([1])).status).toBe(500);
    expect(server.errors).toMatchObject([{ name: 'TypeError', message: expect.stringContaining('number of bytes') }]);
  });

  it('holds across servers that share their reservations, and lets nobody through where those fail', async () => {
    const reservations = memoryReservations();
    server = await start(() => 10, { reservations });
    const other = await start(() => 10, { reservations });
    await other.create(file('a', 7), 'files', as('ann'));
    expect((await create([7])).codes).toEqual(['quota-exceeded']);
    await other[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    const hold = () => Promise.reject(new Error('the counters are down'));
    server = await start(() => 10, { reservations: { ...reservations, hold } });
    expect((await create([1])).status).toBe(500);
  });
});

it('a limit of the rate hears how many files and bytes a call asks for', async () => {
  const asked: object[] = [];
  server = await startServer({
    routes: { files: { authorize: byHeader } },
    rateLimit: ({ operation, files, bytes }) => {
      asked.push({ operation, files, bytes });
      return bytes > 100 ? { retryAfter: 60 } : undefined;
    },
  });
  const create = (sizes: number[]) =>
    server.post('/files/create', { files: sizes.map((size) => file('a', size)) }, as('ann'));
  expect((await create([50, 50])).status).toBe(200);
  expect((await create([50, 51])).status).toBe(429);
  await server.post('/files/abort', { token: 'x' }, as('ann'));
  expect(asked).toEqual([
    { operation: 'create', files: 2, bytes: 100 },
    { operation: 'create', files: 2, bytes: 101 },
    { operation: 'abort', files: 0, bytes: 0 },
  ]);
});
