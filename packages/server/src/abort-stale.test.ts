import { createMockS3, type MockS3 } from '@portage/mock-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, BUCKET, byHeader, bytesOf, file, type Harness, MiB, sendParts, startServer } from '../test/harness.ts';
import { createMetrics, type Routes, s3, type UploadEvent } from './index.ts';

const DAY = 24 * 3_600_000;
let now: number;
let store: MockS3;
let server: Harness | undefined;
let other: Harness | undefined;
beforeEach(async () => {
  now = Date.now();
  store = await createMockS3({ buckets: [BUCKET, 'second'], now: () => now });
});
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  await other?.[Symbol.asyncDispose]();
  await store.close();
  other = undefined;
});

const storageOf = (bucket: string) =>
  s3({ endpoint: store.endpoint, bucket, credentials: store.credentials[0], clock: () => now, profile: 'mock' });
const start = async (routes: Routes, options: object = {}) => {
  server = await startServer({ storage: storageOf(BUCKET), routes, clock: () => now, ...options });
  return server;
};
const film = file('film.mov', 11 * MiB, { partSize: 5 * MiB });
/** An upload that something else than Portage began. */
const foreign = (key: string, bucket = BUCKET) => storageOf(bucket).createMultipartUpload({ key, headers: {} });
const pending = (bucket = BUCKET) => store.multipartUploads(bucket).map(({ key }) => key);

it('aborts what is too old to go on, and its parts are gone; what is younger goes on', {
  timeout: 30_000,
}, async () => {
  const { create, uploads, post } = await start({ files: { authorize: byHeader } });
  const old = await create(film, 'files', as('ann'));
  if (old.kind === 'multipart') await sendParts(old.requests, old.partSize, bytesOf(film.size));
  now += 7 * DAY - 1;
  const young = await create(film, 'files', as('ann'));
  expect(await uploads.abortStale()).toEqual({ aborted: 0, failed: 0, gone: 0, skipped: [] });
  now += 1;
  expect(await uploads.abortStale()).toEqual({ aborted: 1, failed: 0, gone: 0, skipped: [] });
  expect(pending()).toEqual([young.key]);
  expect((await post('/files/parts', { token: young.token }, as('ann'))).status).toBe(200);
  now += DAY;
  expect(await uploads.abortStale({ olderThan: 3600 })).toMatchObject({ aborted: 1 });
  expect(pending()).toEqual([]);
});

it('leaves alone what is not its own, as far as keys tell', async () => {
  const { create, uploads } = await start({
    files: {},
    named: { key: ({ name }) => name },
    second: { storage: storageOf('second') },
  });
  const own = [await create(film), await create(film, 'named'), await create(film, 'second')];
  expect([...pending(), ...pending('second')].sort()).toEqual(own.map(({ key }) => key).sort());
  await foreign('files/backup.tar');
  await foreign('other/0123456789abcdef0123456789abcdef/a');
  await foreign('backup', 'second');
  now += 8 * DAY;
  expect(await uploads.abortStale()).toMatchObject({ aborted: 3 });
  expect(pending()).toEqual(['files/backup.tar', 'other/0123456789abcdef0123456789abcdef/a']);
  expect(pending('second')).toEqual(['backup']);
});

it('says which routes it cannot look through, and looks where it is told to', async () => {
  const { create, uploads } = await start({ teams: { prefix: () => 'teams/7/' }, files: {} });
  await create(film, 'teams');
  await create(film);
  now += 8 * DAY;
  expect(await uploads.abortStale()).toEqual({ aborted: 1, failed: 0, gone: 0, skipped: ['teams'] });
  expect(pending()).toHaveLength(1);
  expect(await uploads.abortStale({ prefixes: ['teams/'] })).toEqual({ aborted: 1, failed: 0, gone: 0, skipped: [] });
  expect(pending()).toEqual([]);
});

it('reads every page of the list, names of all kinds too, and tells how many there were', {
  timeout: 240_000,
}, async () => {
  const events: UploadEvent[] = [];
  const metrics = createMetrics();
  const observe = [(event: UploadEvent) => events.push(event), metrics.observe];
  const { uploads } = await start({ files: { key: ({ name }) => name } }, { observe });
  const names = Array.from({ length: 1003 }, (_, index) => `files/ann b+c/ü ${index}%&<>`);
  for (let from = 0; from < names.length; from += 50)
    await Promise.all(names.slice(from, from + 50).map((key) => foreign(key)));
  now += 8 * DAY;
  expect(await uploads.abortStale()).toEqual({ aborted: 1003, failed: 0, gone: 0, skipped: [] });
  expect(store.journal.requests({ operation: 'ListMultipartUploads' })).toHaveLength(2);
  expect(events.at(-1)).toMatchObject({ event: 'swept', aborted: 1003, failed: 0 });
  expect(metrics.snapshot().swept).toBe(1003);
});

it('goes on where the store does not abort one, tells of it, and takes it the next time', async () => {
  const { create, uploads, errors } = await start({ files: {} });
  for (const _ of [1, 2, 3]) await create(film);
  now += 8 * DAY;
  const fault = { kind: 'error', code: 'InternalError' } as const;
  store.faults.set({ rules: [{ operation: 'AbortMultipartUpload', attempt: 1, fault }] });
  const first = await uploads.abortStale();
  expect(first.aborted + first.failed).toBe(3);
  expect(first.failed).toBeGreaterThan(0);
  expect(errors).toHaveLength(first.failed);
  store.faults.set({});
  expect(await uploads.abortStale()).toMatchObject({ aborted: first.failed, failed: 0 });
  expect(pending()).toEqual([]);
});

it('refuses an age that is none', async () => {
  const { uploads } = await start({ files: {} });
  await expect(uploads.abortStale({ olderThan: Number.NaN })).rejects.toThrow(TypeError);
  await expect(uploads.abortStale({ olderThan: -1 })).rejects.toThrow(TypeError);
});

it('rejects where the store does not say what it has, or does not come to an end', async () => {
  const answers = [
    '<html>',
    '<ListMultipartUploadsResult><IsTruncated>true</IsTruncated></ListMultipartUploadsResult>',
    '<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker></ListMultipartUploadsResult>',
  ];
  for (const answer of answers) {
    const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
    const storage = s3({ bucket: 'b', credentials, fetch: async () => new Response(answer) });
    other = await startServer({ storage });
    await expect(other.uploads.abortStale()).rejects.toMatchObject({ name: 'StoreError', reason: 'unavailable' });
    await other[Symbol.asyncDispose]();
  }
});

/** A store that lists keys in its own way. */
function listing(pageOf: (asked: URLSearchParams) => string): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    return url.searchParams.has('uploads') && init?.method === 'GET'
      ? new Response(pageOf(url.searchParams))
      : fetch(input, init);
  };
}

const listOf = (keys: readonly string[], uploadIds: readonly string[], more = '') =>
  `<ListMultipartUploadsResult>${more}<IsTruncated>false</IsTruncated>${keys
    .map(
      (key, at) =>
        `<Upload><Key>${key}</Key><UploadId>${uploadIds[at]}</UploadId><Initiated>2020-01-01T00:00:00Z</Initiated></Upload>`,
    )
    .join('')}</ListMultipartUploadsResult>`;

describe('keys of the list', () => {
  const names = ['files/a b+c/ü', 'files/100%', 'files/%41'];
  const sweep = async (fetch: typeof globalThis.fetch) => {
    const storage = s3({
      ...{ endpoint: store.endpoint, bucket: BUCKET, credentials: store.credentials[0], clock: () => now, fetch },
    });
    const { uploads } = await start({ files: { storage, key: ({ name }) => name } });
    return uploads.abortStale();
  };
  const begin = () => Promise.all(names.map((key) => foreign(key)));

  it('are found where they are encoded and nobody says so, as Ceph does', async () => {
    const ids = await begin();
    const encoded = listing((asked) => listOf(asked.has('encoding-type') ? names.map(encodeURIComponent) : names, ids));
    expect(await sweep(encoded)).toMatchObject({ aborted: 3, failed: 0, gone: 0 });
    expect(pending()).toEqual([]);
  });

  it('do not stop the sweep where a "%" is none', async () => {
    const ids = await begin();
    const malformed = listing(() => listOf(names, ids, '<EncodingType>url</EncodingType>'));
    // The first and the last one mean other keys when they are decoded, and are not found.
    expect(await sweep(malformed)).toMatchObject({ aborted: 1, failed: 0, gone: 2 });
    expect(pending()).not.toContain('files/100%');
  });
});
