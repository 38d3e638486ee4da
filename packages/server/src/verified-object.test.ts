/** The server acts on the object that it looked at, and on no other one that is at the key by then. */
import { createMockS3, type MockS3 } from '@portage/mock-s3';
import type { Created } from '@portage/protocol';
import { createSigner } from '@portage/protocol/sigv4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, bytesOf, file, type Harness, sendAll, startServer } from '../test/harness.ts';
import { PROFILES, type Route, type StoreProfile, s3, type UploadEvent } from './index.ts';

const named: Partial<Route> = { key: ({ meta }) => meta['key'] ?? '' };
const text = (content: string) => new TextEncoder().encode(content);
const GOOD = text('hello, hello');
const EVIL = text('<html>evil!!');
const intent = (content: Uint8Array, key = 'k') => file('a.txt', content.length, { meta: { key } });

let store: MockS3;
let server: Harness;
let events: UploadEvent[];
let told: string[];
/** Runs once, before the first request for which it is set leaves the server. */
let before: Partial<Record<string, () => Promise<unknown>>>;
beforeEach(async () => {
  store = await createMockS3({ buckets: [BUCKET, 'kept'] });
  events = [];
  told = [];
  before = {};
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await store.close();
});

async function start(route: Partial<Route> = {}, profile: Partial<StoreProfile> = {}): Promise<Harness> {
  const { endpoint, region, credentials } = store;
  server = await startServer({
    storage: s3({
      ...{
        endpoint,
        region,
        bucket: BUCKET,
        forcePathStyle: true,
        credentials: credentials[0],
        profile: { ...PROFILES.mock, ...profile },
      },
      fetch: async (input, init) => {
        const headers = new Headers(init?.headers);
        const operation = headers.has('x-amz-copy-source') ? 'COPY' : (init?.method ?? '');
        const run = before[operation];
        delete before[operation];
        await run?.();
        return fetch(input, init);
      },
    }),
    routes: { files: { anonymous: true, onComplete: ({ id }) => void told.push(id), ...named, ...route } as Route },
    observe: (event) => events.push(event),
  });
  return server;
}

/** As somebody who has the store's own keys: the app, or another server. */
async function own(method: string, path: string, body = '', more: Record<string, string> = {}): Promise<Response> {
  const signer = createSigner({ ...store.credentials[0], region: store.region });
  const { url, headers } = signer.sign({
    method,
    url: `${store.endpoint}/${BUCKET}${path}`,
    headers: more,
    at: Date.now(),
  });
  const answer = await fetch(url, { method, headers, ...(body !== '' && { body }) });
  expect(answer.ok, `${method} ${path}`).toBe(true);
  return answer;
}
const replace = () => own('PUT', '/files/k', 'of somebody else');
const contentOf = async (key: string) => (await own('GET', `/${key}`)).text();
const discarded = () => events.filter(({ event }) => event === 'discarded');

async function uploadOf(content: Uint8Array<ArrayBuffer>, more: object = {}) {
  const created = await server.create(intent(content));
  const parts = await sendAll(created, content);
  const answer = await server.post<{ etag?: string }>('/files/complete', { token: created.token, parts, ...more });
  return { created, parts, answer, code: answer.body.error?.code };
}
const complete = (created: Created, more: object) =>
  server.post('/files/complete', { token: created.token, parts: [], ...more });

describe('another object that is at the key by now', () => {
  it.each([
    ['conditional deletes', {}],
    ['a look before', { conditionalWrites: { put: false, complete: false } }],
  ])('is not told of, and stays (%s)', async (_how, profile) => {
    await start({}, profile);
    const { created, parts } = await uploadOf(GOOD);
    expect(told).toEqual([created.id]);
    await replace();
    for (const named of [parts, []]) {
      const { status, body } = await complete(created, { parts: named });
      expect([status, body.error.code]).toEqual([409, 'key-taken']);
    }
    expect(told).toEqual([created.id]);
    expect(await contentOf('files/k')).toBe('of somebody else');
  });

  it('is not read in place of the one that was looked at, and nothing is removed', async () => {
    await start({ accept: ['text/plain'] });
    before = { GET: replace };
    const { answer, code } = await uploadOf(EVIL);
    expect([answer.status, code]).toEqual([409, 'key-taken']);
    expect(await contentOf('files/k')).toBe('of somebody else');
    expect(discarded()).toEqual([]);
  });

  it('is not deleted in its place', async () => {
    await start({ accept: ['text/plain'] });
    before = { DELETE: replace };
    expect((await uploadOf(EVIL)).code).toBe('type-refused');
    expect(await contentOf('files/k')).toBe('of somebody else');
    expect(discarded()).toMatchObject([{ removed: true }]);
  });

  it('is not put into quarantine in its place', async () => {
    await start({ accept: ['text/plain'], quarantine: { bucket: 'kept' } });
    before = { COPY: replace };
    expect((await uploadOf(EVIL)).code).toBe('type-refused');
    expect(store.objects('kept')).toEqual([]);
    expect(await contentOf('files/k')).toBe('of somebody else');
  });

  it('keeps a file out that would come later, on a store that does not keep it out', async () => {
    await start({}, { conditionalWrites: { put: false, complete: false } });
    const [one, other] = [await server.create(intent(GOOD)), await server.create(intent(EVIL))];
    const [first, second] = [await sendAll(one, GOOD), await sendAll(other, EVIL)];
    const answers = await Promise.all([complete(one, { parts: first }), complete(other, { parts: second })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(told).toHaveLength(1);
  });
});

describe('a file that the app was told of', () => {
  it.each([
    ['ETag', { etag: '0'.repeat(32) }, { compare: { put: 'MD5', multipart: 'MD5' } }],
    ['checksum', { checksum: 'AAAAAAAAAAA=' }, {}],
  ] as const)('is not taken away by a second complete with another %s', async (_what, claim, profile) => {
    await start({}, profile);
    const { created, parts } = await uploadOf(GOOD);
    for (const named of [parts, []]) {
      const { status, body } = await complete(created, { parts: named, ...claim });
      expect([status, body.error?.code]).toEqual([400, 'checksum-mismatch']);
    }
    expect(await contentOf('files/k')).toBe('hello, hello');
    expect(discarded()).toEqual([]);
  });

  it('is not taken away by a second complete when the route has become stricter', async () => {
    await start({ accept: ['image/gif', 'image/tiff'] });
    // A picture of another kind than its name says.
    const picture = text('II*\0\b\0\0\0');
    const created = await server.create({ ...intent(picture), name: 'a.gif', type: 'image/gif' });
    expect((await complete(created, { parts: await sendAll(created, picture) })).status).toBe(200);
    await server[Symbol.asyncDispose]();
    await start({ accept: ['image/gif'] });
    const { status, body } = await complete(created, {});
    expect([status, body.error.code]).toEqual([415, 'type-refused']);
    expect(await contentOf('files/k')).toBe('II*\0\b\0\0\0');
    expect(discarded()).toEqual([]);
  });

  it('is not replaced by one that is refused, where files may replace one another', async () => {
    await start({ accept: ['text/plain'], overwrite: true });
    expect((await uploadOf(GOOD)).answer.status).toBe(200);
    expect((await uploadOf(EVIL)).code).toBe('type-refused');
    expect(await contentOf('files/k')).toBe('hello, hello');
    expect((await uploadOf(text('another text'))).answer.status).toBe(200);
    expect(await contentOf('files/k')).toBe('another text');
    expect(store.objects(BUCKET).map(({ key }) => key)).toEqual(['files/k']);
  });
});

describe('what is removed', () => {
  it('is removed for good where versions are kept', async () => {
    await own('PUT', '?versioning', '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>');
    await start({ accept: ['text/plain'] });
    expect((await uploadOf(EVIL)).code).toBe('type-refused');
    expect(await (await own('GET', '?versions')).text()).not.toMatch(/<Version>|<DeleteMarker>/);
  });

  it('and is not, is said: to `onError`, and in the event', async () => {
    await start({ accept: ['text/plain'], quarantine: { bucket: 'absent' } });
    store.faults.set({ rules: [{ operation: 'DeleteObject', fault: { kind: 'error', code: 'InternalError' } }] });
    expect((await uploadOf(EVIL)).code).toBe('type-refused');
    expect(discarded()).toMatchObject([{ removed: false }]);
    expect(discarded()[0]).not.toHaveProperty('quarantined');
    expect(server.errors.map(String)).toEqual([
      expect.stringContaining('CopyObject'),
      expect.stringContaining('DeleteObject'),
    ]);
  });
});

it('what was copied to its place and could not be removed is removed when the page asks again', async () => {
  await start({ overwrite: true });
  store.faults.set({ rules: [{ operation: 'DeleteObject', fault: { kind: 'error', code: 'InternalError' } }] });
  const { created, answer } = await uploadOf(GOOD);
  expect(answer.status).toBe(503);
  expect(store.objects(BUCKET)).toHaveLength(2);
  store.faults.set({});
  // Else it would bring the object back once the app has removed it.
  expect((await complete(created, { parts: [{ partNumber: 1, etag: 'lost' }] })).status).toBe(200);
  expect(store.objects(BUCKET).map(({ key }) => key)).toEqual(['files/k']);
});

it('what waits to be copied to its place is taken away by an abort', async () => {
  await start({ overwrite: true });
  store.faults.set({ rules: [{ operation: 'CopyObject', fault: { kind: 'error', code: 'InternalError' } }] });
  const { created, answer } = await uploadOf(GOOD);
  expect(answer.status).toBe(503);
  expect(store.objects(BUCKET)).toMatchObject([{ key: expect.stringContaining('~pending/') }]);
  expect((await server.post('/files/abort', { token: created.token })).status).toBe(200);
  expect(store.objects(BUCKET)).toEqual([]);
  expect(told).toEqual([]);
});

describe('an upload that has ended', () => {
  /** Every way in which an upload ends; afterwards nothing is at its key. */
  const ENDS: Record<string, (created: Created) => Promise<unknown>> = {
    'by an abort': ({ token }) => server.post('/files/abort', { token }),
    'by an abort, with its bytes sent': async (created) => {
      await sendAll(created, GOOD);
      await server.post('/files/abort', { token: created.token });
    },
    'by a complete, and its object removed by the app': async (created) => {
      await complete(created, { parts: await sendAll(created, GOOD) });
      await own('DELETE', '/files/k');
    },
    'by being discarded': async (created) => {
      expect((await complete(created, { parts: await sendAll(created, EVIL) })).status).toBe(415);
    },
  };
  const profiles = Object.values(PROFILES);
  it.each(Object.keys(ENDS).flatMap((how) => profiles.map(({ name }) => [how, name] as const)))(
    '%s stores nothing at its key any more, by old signatures or new ones (%s)',
    async (how, name) => {
      // The least that a store can do.
      await start({ accept: ['text/plain'] }, { ...profiles.find((profile) => profile.name === name), minPartSize: 1 });
      const created = await server.create(intent(GOOD));
      await ENDS[how]?.(created);
      const again = await server.post<{ requests: Created['requests'] }>('/files/sign', {
        ...{ token: created.token, parts: [1] },
      });
      for (const { request } of [...created.requests, ...(again.body.requests ?? [])])
        expect((await fetch(request.url, { method: request.method, headers: request.headers, body: GOOD })).ok).toBe(
          false,
        );
      expect((await complete(created, {})).status).toBeGreaterThanOrEqual(400);
      expect(store.objects(BUCKET)).toEqual([]);
    },
  );
});

it('a large object is copied in parts, with what is kept with it', async () => {
  await start();
  const content = bytesOf(11 * 1024 * 1024);
  const { copyObject } = await import('./s3/copy-object.ts');
  const signer = createSigner({ ...store.credentials[0], region: store.region });
  await own('PUT', '/large', Buffer.from(content).toString('latin1'), {
    'content-type': 'text/plain',
    'x-amz-meta-a': 'b',
  });
  const head = await own('HEAD', '/large');
  const seen = {
    size: Number(head.headers.get('content-length')),
    etag: head.headers.get('etag') ?? '',
    headers: { 'content-type': 'text/plain', 'x-amz-meta-a': 'b' },
  };
  await copyObject({
    send: async ({ method, url, headers = {}, body = '' }) => {
      const signed = signer.sign({ method, url, headers, at: Date.now() });
      const answer = await fetch(signed.url, { method, headers: signed.headers, ...(body !== '' && { body }) });
      expect(answer.ok).toBe(true);
      return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(), text: await answer.text() };
    },
    ...{ from: { 'x-amz-copy-source': `/${BUCKET}/large` }, kept: {}, seen, timeout: 1 },
    ...{ to: `${store.endpoint}/${BUCKET}/copy`, partSize: 5 * 1024 * 1024 },
  });
  expect(await store.sha256(BUCKET, 'copy')).toBe(await store.sha256(BUCKET, 'large'));
  const copy = await own('HEAD', '/copy');
  expect([copy.headers.get('content-type'), copy.headers.get('x-amz-meta-a')]).toEqual(['text/plain', 'b']);
});
