/** Small files that travel together and are taken out by the server: each becomes what it would be by itself. */
import { createMockS3, type MockS3 } from '@portage/mock-s3';
import type { Created, CreateResponse, PackResponse, UnpackResponse } from '@portage/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { as, BUCKET, byHeader, bytesOf, file, type Harness, MiB, send, startServer } from '../test/harness.ts';
import { type Route, type S3Options, s3, type UploadsOptions } from './index.ts';

let store: MockS3;
let server: Harness;
let now = Date.now();
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await store.close();
});

/** Before a store that copies out of objects of any size, as Ceph does; or as Amazon does. */
async function start(
  route: Route = {},
  {
    like = 'ceph',
    options: of = {},
    ...options
  }: { like?: 'ceph' | 'aws'; options?: Partial<S3Options> } & Partial<UploadsOptions> = {},
) {
  now = Date.now();
  store = await createMockS3({ buckets: [BUCKET], mimic: like, now: () => now });
  const { endpoint, credentials } = store;
  const place = { endpoint, bucket: BUCKET, credentials: credentials[0], clock: () => now } as const;
  const profile = like === 'aws' ? 'mock' : 'ceph-20';
  server = await startServer({
    storage: s3({ ...place, profile, packs: true, ...of }),
    routes: { files: route },
    clock: () => now,
    ...options,
  });
}

type Headers = Record<string, string>;

const SIZES = [10, 20_000, 3];
const WHOLE = bytesOf(20_013);
const FILES = SIZES.map((size, index) => file(`${index}.txt`, size));
const starts = (sizes = SIZES) => sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0));

async function createAll(files: readonly object[] = FILES, headers: Headers = {}): Promise<Created[]> {
  const { body } = await server.post<CreateResponse>('/files/create', { files }, headers);
  return body.files as Created[];
}

const tokensOf = (created: readonly Created[]) => created.map(({ token }) => token);

/** Creates the files, and sends their pack. */
async function sendPack(files = FILES, { bytes = WHOLE, padding = 0, headers = {} as Headers } = {}) {
  const created = await createAll(files, headers);
  const { status, body } = await server.post<PackResponse>(
    '/files/pack',
    { tokens: tokensOf(created), padding },
    headers,
  );
  expect([status, body.error]).toEqual([200, undefined]);
  const padded = new Uint8Array(bytes.length + padding);
  padded.set(bytes);
  const response = await send(body.request, padded);
  expect(response.status).toBe(200);
  const sent = { token: body.token, etag: response.headers.get('etag') ?? '' };
  return { created, sent, named: created.map(({ token }, index) => ({ token, start: starts()[index] ?? 0 })) };
}

const unpack = (asked: object, headers: Headers = {}) => server.post<UnpackResponse>('/files/unpack', asked, headers);
const complete = ({ token }: Created, answer: UnpackResponse['files'][number] | undefined, more: object = {}) =>
  server.post('/files/complete', {
    token,
    parts: [{ partNumber: 1, etag: answer && 'etag' in answer ? answer.etag : 'none' }],
    ...more,
  });
const packs = () => store.objects(BUCKET).filter(({ key }) => key.includes('~pending/pack-'));
const bytesAt = async (key: string) => store.sha256(BUCKET, key);
const shaOf = async (bytes: Uint8Array<ArrayBuffer>) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');

describe('files of a pack', () => {
  it('become objects as each would by itself, and the pack is gone', async () => {
    const onComplete: string[] = [];
    await start({
      onComplete: ({ displayName }) => void onComplete.push(displayName),
      metadata: () => ({ by: 'ada' }),
    });
    const { created, sent, named } = await sendPack();
    const { status, body } = await unpack({ ...sent, files: named });
    expect(status).toBe(200);
    expect(packs()).toEqual([]);
    for (const [index, one] of created.entries()) {
      const done = await complete(one, body.files[index]);
      expect(done).toMatchObject({ status: 200, body: { key: one.key, size: SIZES[index] } });
      const start = starts()[index] ?? 0;
      expect(await bytesAt(one.key)).toBe(await shaOf(WHOLE.slice(start, start + (SIZES[index] ?? 0))));
    }
    const [first] = created;
    expect(store.objects(BUCKET).find(({ key }) => key === first?.key)?.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-disposition': "attachment; filename*=UTF-8''0.txt",
      'x-amz-meta-portage-id': first?.id,
      'x-amz-meta-by': 'ada',
    });
    // Asked again, as after a lost response, it is what it was; the app has heard of each file at least once, as ever.
    expect(await complete(created[0] as Created, body.files[0])).toMatchObject({ status: 200 });
    expect(new Set(onComplete)).toEqual(new Set(['0.txt', '1.txt', '2.txt']));
  });

  it('are what the store needs them to be: padded, encrypted, of their class, and the pack of none', async () => {
    const headers = { 'x-amz-server-side-encryption': 'AES256', 'x-amz-storage-class': 'STANDARD' };
    const began: [url: string, headers: Headers][] = [];
    const recording: typeof fetch = (url, init) => {
      if (String(url).endsWith('?uploads=')) began.push([String(url), init?.headers as Headers]);
      return fetch(url, init);
    };
    await start({}, { like: 'aws', options: { headers, fetch: recording } });
    const least = 5 * MiB + 1;
    const { body: offered } = await server.post<CreateResponse>('/files/create', { files: [file('a', 1)] });
    expect(offered.packs).toEqual({ least });
    const { created, sent, named } = await sendPack(FILES, { padding: least - WHOLE.length });
    const { body } = await unpack({ ...sent, files: named });
    expect(body.files).toEqual(SIZES.map(() => ({ etag: expect.any(String) })));
    expect(await complete(created[1] as Created, body.files[1])).toMatchObject({ status: 200 });
    const [, ofPack] = began.find(([url]) => url.includes('pack-')) ?? [];
    expect(ofPack).toMatchObject({ 'x-amz-server-side-encryption': 'AES256' });
    expect(ofPack).not.toHaveProperty('x-amz-storage-class');
    expect(began.find(([url]) => url.includes('1.txt'))?.[1]).toMatchObject(headers);
  });

  it('are compared with their checksums as any other', async () => {
    await start({}, { like: 'aws' });
    const { created, sent, named } = await sendPack(FILES, { padding: 5 * MiB + 1 - WHOLE.length });
    const { body } = await unpack({ ...sent, files: named });
    const wrong = await complete(created[0] as Created, body.files[0], { checksum: 'AAAAAAAAAAA=' });
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: 'checksum-mismatch' } } });
  });

  it('do not take the place of others', async () => {
    await start({ key: ({ name }) => name });
    const first = await sendPack();
    await complete(first.created[0] as Created, (await unpack({ ...first.sent, files: first.named })).body.files[0]);
    const second = await sendPack();
    const { body } = await unpack({ ...second.sent, files: second.named });
    const taken = await complete(second.created[0] as Created, body.files[0]);
    expect(taken).toMatchObject({ status: 409, body: { error: { code: 'key-taken' } } });
    expect(await complete(second.created[1] as Created, body.files[1])).toMatchObject({ status: 200 });
  });

  it('fail each by itself, and go by themselves then', async () => {
    await start();
    const { created, sent, named } = await sendPack();
    const [a, b, c] = named;
    await server.post('/files/abort', { token: b?.token });
    const { body } = await unpack({ ...sent, files: [a, b, { token: c?.token, start: 20_012 }] });
    expect(body.files).toMatchObject([
      { etag: expect.any(String) },
      { status: 404, error: { code: 'no-such-upload' } },
      { status: 400, error: { code: 'bad-request' } },
    ]);
    const [request] = created[2]?.requests ?? [];
    const response = request && (await send(request.request, WHOLE.slice(-3)));
    expect(await complete(created[2] as Created, { etag: response?.headers.get('etag') ?? '' })).toMatchObject({
      status: 200,
    });
  });

  it('are checked when the pack is begun', async () => {
    await start({ authorize: byHeader });
    const tokens = tokensOf(await createAll(FILES, as('ada')));
    const asked = async (body: object, who = 'ada') => {
      const { status, body: said } = await server.post('/files/pack', body, as(who));
      return `${status} ${said.error?.code}`;
    };
    expect(await asked({ tokens }, 'bob')).toBe('403 invalid-token');
    expect(await asked({ tokens: ['nonsense'] })).toBe('403 invalid-token');
    expect(await asked({ tokens, padding: 1 })).toBe('400 bad-request');
    expect(await asked({ tokens: [...tokens, tokens[0]] })).toBe('400 bad-request');
    const large = tokensOf(await createAll([file('a', 17 * MiB)], as('ada')));
    expect(await asked({ tokens: large })).toMatch(/^4/);
    const inParts = tokensOf(await createAll([file('a', 11 * MiB, { partSize: 5 * MiB })], as('ada')));
    expect(await asked({ tokens: inParts })).toBe('400 bad-request');
  });
});

describe('a pack', () => {
  it('is of its user alone, for an hour, and no upload', async () => {
    await start({ authorize: byHeader });
    const { created, sent, named } = await sendPack(FILES, { headers: as('ada') });
    const asked = { ...sent, files: named };
    expect(await unpack(asked, as('bob'))).toMatchObject({ status: 403, body: { error: { code: 'invalid-token' } } });
    const parts = [{ partNumber: 1, etag: sent.etag }];
    const completed = await server.post('/files/complete', { token: sent.token, parts }, as('ada'));
    expect(completed).toMatchObject({ status: 403, body: { error: { code: 'invalid-token' } } });
    const swapped = { ...asked, token: created[0]?.token };
    expect(await unpack(swapped, as('ada'))).toMatchObject({ status: 403, body: { error: { code: 'invalid-token' } } });
    now += 3600_000;
    expect(await unpack(asked, as('ada'))).toMatchObject({ status: 403, body: { error: { code: 'token-expired' } } });
  });

  it('can be unpacked once: whoever asks again sends the files by themselves', async () => {
    await start();
    const { created, sent, named } = await sendPack();
    const { body } = await unpack({ ...sent, files: named });
    expect(await unpack({ ...sent, files: named })).toMatchObject({
      status: 404,
      body: { error: { code: 'no-such-upload' } },
    });
    // What was taken out stays.
    expect(await complete(created[0] as Created, body.files[0])).toMatchObject({ status: 200 });
  });

  it('that is unpacked twice at once has each file taken out, and fails nobody', async () => {
    await start();
    const { created, sent, named } = await sendPack();
    const answers = await Promise.all([1, 2, 3].map(() => unpack({ ...sent, files: named })));
    for (const [index, one] of created.entries()) {
      const taken = answers.flatMap(({ body: { files = [] } }) => files[index] ?? []).find((file) => 'etag' in file);
      expect(await complete(one, taken)).toMatchObject({ status: 200, body: { size: SIZES[index] } });
    }
    expect([packs(), server.errors]).toEqual([[], []]);
  });

  it('gives out no file of another user, and no bytes beyond its own', async () => {
    await start({ authorize: byHeader });
    const [others] = await createAll([file('b.txt', 10)], as('bob'));
    const { sent, named } = await sendPack(FILES, { headers: as('ada') });
    const [a, b] = named;
    const asked = [a, { token: others?.token, start: 0 }, { ...b, start: Number.MAX_SAFE_INTEGER }];
    expect((await unpack({ ...sent, files: asked }, as('ada'))).body.files).toMatchObject([
      { etag: expect.any(String) },
      { status: 403, error: { code: 'invalid-token' } },
      { status: 400, error: { code: 'bad-request' } },
    ]);
    const negative = { ...sent, files: [{ ...a, start: -1 }] };
    expect((await unpack(negative, as('ada'))).status).toBe(400);
  });

  it('is deleted also where its unpacking ran out of time', async () => {
    await start();
    const { sent, named } = await sendPack();
    store.faults.set([{ operation: 'UploadPartCopy', fault: { kind: 'latency', ms: 60_000 } }]);
    expect(await unpack({ ...sent, files: named }, { 'portage-timeout': '3000' })).toMatchObject({ status: 503 });
    await vi.waitFor(() => expect(packs()).toEqual([]));
  });

  it('has no more bytes that belong to no file than the store needs', async () => {
    await start({}, { like: 'aws' });
    const tokens = tokensOf(await createAll());
    const padding = 5 * MiB + 1 - WHOLE.length;
    const asked = async (bytes: number) => (await server.post('/files/pack', { tokens, padding: bytes })).status;
    expect([await asked(padding), await asked(padding + 1), await asked(5 * MiB + 1)]).toEqual([200, 400, 400]);
  });

  it('is counted with all its bytes by `rateLimit`, each time that one is begun', async () => {
    const heard: object[] = [];
    await start(
      {},
      {
        rateLimit: ({ operation, files, bytes }) => {
          heard.push({ operation, files, bytes });
          return heard.length > 3 ? { retryAfter: 60 } : undefined;
        },
      },
    );
    const tokens = tokensOf(await createAll());
    const begin = async () => (await server.post('/files/pack', { tokens: tokens.slice(0, 2) })).status;
    expect([await begin(), await begin(), await begin()]).toEqual([200, 200, 429]);
    const pack = { operation: 'pack', files: 0, bytes: 20_010 };
    expect(heard).toEqual([{ operation: 'create', files: 3, bytes: 20_013 }, pack, pack, pack]);
    expect(store.multipartUploads(BUCKET)).toHaveLength(FILES.length + 2);
  });

  it('counts against the quota until it is unpacked, however often its files are packed', async () => {
    const room = 2.5 * WHOLE.length;
    await start({ authorize: byHeader, quota: () => room });
    const ada = { headers: as('ada') };
    const { created, sent, named } = await sendPack(FILES, ada);
    const again = async () => {
      const { status, body } = await server.post('/files/pack', { tokens: tokensOf(created) }, as('ada'));
      return `${status} ${body.error?.code}`;
    };
    const begun = store.multipartUploads(BUCKET).length;
    expect([await again(), await again()]).toEqual(['413 quota-exceeded', '413 quota-exceeded']);
    expect(store.multipartUploads(BUCKET)).toHaveLength(begun);
    const [first, ...others] = named;
    await unpack({ ...sent, files: [first], more: true }, as('ada'));
    expect(await again()).toBe('413 quota-exceeded');
    await unpack({ ...sent, files: others }, as('ada'));
    expect(await again()).toBe('200 undefined');
    // One that was never sent counts until its time is over, and a bucket has had a day to remove it.
    expect(await again()).toBe('413 quota-exceeded');
    now += (3600 + 86_400) * 1000;
    expect(await again()).toBe('200 undefined');
  });

  it.each(['begun', 'sent', 'unpacked in part', 'gone'])(
    'is given up when it is %s: nothing of it is left, and it is in no quota',
    async (when) => {
      await start({ authorize: byHeader, quota: () => 2.5 * WHOLE.length });
      const tokens = tokensOf(await createAll(FILES, as('ada')));
      const begun = async () => server.post<PackResponse>('/files/pack', { tokens }, as('ada'));
      const { body } = await begun();
      const files = tokens.map((token, index) => ({ token, start: starts()[index] ?? 0 }));
      if (when !== 'begun') {
        const etag = (await send(body.request, WHOLE)).headers.get('etag');
        if (when === 'unpacked in part')
          await unpack({ token: body.token, etag, files: files.slice(1), more: true }, as('ada'));
        if (when === 'gone') await unpack({ token: body.token, etag, files }, as('ada'));
      }
      const givenUp = { token: body.token, files: [] };
      expect((await unpack(givenUp, as('bob'))).status).toBe(403);
      expect(await unpack(givenUp, as('ada'))).toMatchObject({ status: 200, body: { files: [] } });
      expect(packs()).toEqual([]);
      expect(store.multipartUploads(BUCKET)).toHaveLength(FILES.length);
      expect((await begun()).status).toBe(200);
    },
  );

  it('is kept while more is to be taken out', async () => {
    await start();
    const { created, sent, named } = await sendPack();
    const [first, second, third] = named;
    const one = await unpack({ ...sent, files: [second], more: true });
    expect(packs()).toHaveLength(1);
    const two = await unpack({ ...sent, files: [first, third] });
    expect(packs()).toEqual([]);
    const answers = [two.body.files[0], one.body.files[0], two.body.files[1]];
    for (const [index, file] of created.entries())
      expect(await complete(file, answers[index])).toMatchObject({ status: 200, body: { size: SIZES[index] } });
  });

  it.each(['AccessDenied', 'NotImplemented'])(
    'is offered to nobody for ten minutes where the store answers %s to a copy: each page would send one in vain',
    async (code) => {
      await start();
      const { sent, named, created } = await sendPack();
      store.faults.set([{ operation: 'UploadPartCopy', fault: { kind: 'error', code } }]);
      const { body } = await unpack({ ...sent, files: named });
      expect(body.files).toEqual(SIZES.map(() => expect.objectContaining({ error: expect.anything() })));
      expect(packs()).toEqual([]);
      const offered = async () => (await server.post<CreateResponse>('/files/create', { files: FILES })).body.packs;
      const begin = async () => (await server.post('/files/pack', { tokens: tokensOf(created) })).status;
      expect([await offered(), await begin()]).toEqual([undefined, 400]);
      now += 600_000;
      expect(await offered()).toEqual({ least: 0 });
    },
  );

  it('is offered on where one copy alone fails, or the store is busy', async () => {
    await start();
    const { sent, named, created } = await sendPack();
    await server.post('/files/abort', { token: created[1]?.token });
    store.faults.set([{ operation: 'UploadPartCopy', attempt: 1, fault: { kind: 'error', code: 'SlowDown' } }]);
    await unpack({ ...sent, files: named });
    const { body } = await server.post<CreateResponse>('/files/create', { files: FILES });
    expect(body.packs).toEqual({ least: 0 });
  });

  it('is not begun where the store takes none', async () => {
    await start({}, { options: { packs: false } });
    const { body } = await server.post<CreateResponse>('/files/create', { files: FILES });
    expect(body.packs).toBeUndefined();
    expect(await server.post('/files/pack', { tokens: tokensOf(body.files as Created[]) })).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-request' } },
    });
  });

  it('that is left is swept: begun, or stored and not deleted', async () => {
    await start({ authorize: byHeader });
    await sendPack(FILES, { headers: as('ada') });
    const { sent, named } = await sendPack(FILES, { headers: as('bob') });
    store.faults.set({
      rules: [{ operation: 'DeleteObject', attempt: 1, fault: { kind: 'error', code: 'InternalError' } }],
    });
    expect((await unpack({ ...sent, files: named }, as('bob'))).status).toBe(200);
    expect(server.errors).toHaveLength(1);
    store.faults.set({});
    expect(packs()).toHaveLength(1);
    await server.uploads.abortStale();
    expect(packs()).toHaveLength(1);
    now += 8 * 24 * 3600_000;
    expect(await server.uploads.abortStale()).toMatchObject({ failed: 0 });
    expect(packs()).toEqual([]);
    expect(store.multipartUploads(BUCKET)).toEqual([]);
  });
});

it('a pack costs the store five requests, and each file four as ever', async () => {
  await start();
  const { created, sent, named } = await sendPack();
  const { body } = await unpack({ ...sent, files: named });
  await Promise.all(created.map((one, index) => complete(one, body.files[index])));
  const counted = new Map<string, number>();
  for (const { operation, key = '' } of store.journal.requests()) {
    const of = `${key.includes('pack-') ? 'pack' : 'file'} ${operation}`;
    counted.set(of, (counted.get(of) ?? 0) + 1);
  }
  expect(Object.fromEntries(counted)).toEqual({
    'file CreateMultipartUpload': 3,
    'file UploadPartCopy': 3,
    'file CompleteMultipartUpload': 3,
    'file HeadObject': 3,
    'pack CreateMultipartUpload': 1,
    'pack UploadPart': 1,
    'pack CompleteMultipartUpload': 1,
    'pack HeadObject': 1,
    'pack DeleteObject': 1,
  });
});
