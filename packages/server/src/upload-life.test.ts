import { createHash } from 'node:crypto';
import {
  type CompleteAllResponse,
  type CreateResponse,
  type PartsResponse,
  partLength,
  partRange,
  planParts,
  type SignResponse,
} from '@portage/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BUCKET,
  bytesOf,
  file,
  type Harness,
  JSON_TYPE,
  MiB,
  onlyRequest,
  SECRET,
  send,
  sendAll,
  sendParts,
  startServer,
} from '../test/harness.ts';
import { createUploads, s3 } from './index.ts';

let server: Harness;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const objectAt = (key: string) => server.store.objects(BUCKET).find((object) => object.key === key);

const createMultipart = (size: number, partSize = 5 * MiB) =>
  server.create(file('film.mov', size, { type: 'video/quicktime', partSize }));
const createSmall = (size: number) => server.create(file('note.txt', size));

describe('an upload', { timeout: 60_000 }, () => {
  it('goes from create over its parts to an object of exactly those bytes', async () => {
    const bytes = bytesOf(11 * MiB + 1);
    const created = await createMultipart(bytes.length);
    expect(created.partSize).toBe(5 * MiB);
    expect(created.requests.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3]);

    const parts = await sendParts(created.requests, created.partSize, bytes);
    const { status, body } = await server.complete(created.token, parts);
    expect(status).toBe(200);
    expect(body).toEqual({
      key: created.key,
      size: bytes.length,
      etag: expect.stringMatching(/-3"$/),
      location: `${server.store.endpoint}/${BUCKET}/${created.key}`,
      verifiedBy: 'size',
    });
    expect(await server.store.sha256(BUCKET, created.key)).toBe(sha256(bytes));
    expect(objectAt(created.key)?.headers).toMatchObject({
      'content-type': 'video/quicktime',
      'content-disposition': "attachment; filename*=UTF-8''film.mov",
      'x-amz-meta-portage-id': created.id,
      'x-amz-meta-portage-name': 'film.mov',
    });
  });

  it('is completed once: asking again gives the same response', async () => {
    const bytes = bytesOf(6 * MiB);
    const created = await createMultipart(bytes.length);
    const parts = await sendParts(created.requests, created.partSize, bytes);
    const first = await server.complete(created.token, parts);
    const second = await server.complete(created.token, parts);
    expect(first.status).toBe(200);
    expect(second).toMatchObject({ status: 200, body: first.body });
  });

  it('tells which parts the store holds, with their sizes', async () => {
    const bytes = bytesOf(11 * MiB);
    const created = await createMultipart(bytes.length);
    const sent = await sendParts(created.requests.slice(1), created.partSize, bytes);
    const { body } = await server.post<PartsResponse>('/files/parts', { token: created.token });
    expect(body.parts).toEqual([
      { ...sent[0], size: 5 * MiB },
      { ...sent[1], size: MiB },
    ]);
  });

  it('signs parts again, each for its own length', async () => {
    const created = await createMultipart(11 * MiB);
    const { body } = await server.post<SignResponse>('/files/sign', { token: created.token, parts: [3, 1] });
    expect(body.requests.map(({ partNumber }) => partNumber)).toEqual([3, 1]);
    for (const { request } of body.requests) {
      expect(new URL(request.url).searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;host');
      expect(request).toMatchObject({ method: 'PUT', headers: {}, expiresIn: 900_000 });
    }
  });

  it('has parts that refuse a body of another length', async () => {
    const created = await createMultipart(11 * MiB);
    const [first] = created.requests;
    if (first === undefined) throw new Error('no part');
    const longer = await send(first.request, bytesOf(5 * MiB + 1));
    const shorter = await send(first.request, bytesOf(5 * MiB - 1));
    expect([longer.status, shorter.status]).toEqual([403, 403]);
    const { body } = await server.post<PartsResponse>('/files/parts', { token: created.token });
    expect(body.parts).toEqual([]);
  });

  it('is not completed with a part missing, twice, out of order, or with a wrong ETag', async () => {
    const bytes = bytesOf(11 * MiB);
    const created = await createMultipart(bytes.length);
    const parts = await sendParts(created.requests, created.partSize, bytes);
    const [one, two, three] = parts;
    if (!one || !two || !three) throw new Error('no parts');
    const wrong = [[], [one, two], [one, two, two], [one, three, two], [one, two, three, three]];
    wrong.push([one, two, { partNumber: 3, etag: '"0123456789abcdef0123456789abcdef"' }]);
    wrong.push([one, two, { partNumber: 3, etag: 'no\u0000 xml' }], [one, two, { partNumber: 3, etag: '</ETag><&' }]);
    for (const named of wrong) {
      const { status, body } = await server.complete(created.token, named);
      expect([status, body.error.code]).toEqual([400, 'invalid-parts']);
    }
    expect(objectAt(created.key)).toBeUndefined();
    expect((await server.complete(created.token, parts)).status).toBe(200);
  });

  it('is aborted, also twice, and then known no more', async () => {
    const bytes = bytesOf(6 * MiB);
    const created = await createMultipart(bytes.length);
    const parts = await sendParts(created.requests, created.partSize, bytes);
    for (const _ of [1, 2])
      expect(await server.post('/files/abort', { token: created.token })).toMatchObject({ status: 200, body: {} });
    for (const [operation, body] of [
      ['parts', { token: created.token }],
      ['complete', { token: created.token, parts }],
    ] as const) {
      const answer = await server.post(`/files/${operation}`, body);
      expect([answer.status, answer.body.error.code]).toEqual([404, 'no-such-upload']);
    }
  });

  it('stays complete when it is aborted too late', async () => {
    const bytes = bytesOf(6 * MiB);
    const created = await createMultipart(bytes.length);
    await server.complete(created.token, await sendParts(created.requests, created.partSize, bytes));
    expect((await server.post('/files/abort', { token: created.token })).status).toBe(200);
    expect(objectAt(created.key)?.size).toBe(bytes.length);
  });
});

describe('a small upload', { timeout: 60_000 }, () => {
  it.each([0, 1, 70_000])('of %i bytes takes one request', async (size) => {
    const bytes = bytesOf(size);
    const created = await createSmall(size);
    const parts = await sendParts([{ partNumber: 1, request: onlyRequest(created) }], created.partSize, bytes);
    for (const named of [parts, []]) {
      const { status, body } = await server.complete(created.token, named);
      expect([status, body.size]).toEqual([200, size]);
    }
    expect(await server.store.sha256(BUCKET, created.key)).toBe(sha256(bytes));
    expect(objectAt(created.key)?.headers).toMatchObject({
      'content-type': 'text/plain',
      'x-amz-meta-portage-id': created.id,
    });
  });

  it('is not complete before its bytes are there, and nothing is at its key before it is complete', async () => {
    const created = await createSmall(5);
    const { status, body } = await server.complete(created.token);
    expect([status, body.error.code]).toEqual([400, 'invalid-parts']);
    expect(await server.post('/files/parts', { token: created.token })).toMatchObject({ body: { parts: [] } });
    const parts = await sendAll(created, bytesOf(5));
    expect(objectAt(created.key)).toBeUndefined();
    expect((await server.complete(created.token, parts)).status).toBe(200);
    expect(objectAt(created.key)).toBeDefined();
  });

  it('is signed again as part 1, and shows as part 1 when it is there', async () => {
    const created = await createSmall(5);
    const { body } = await server.post<SignResponse>('/files/sign', { token: created.token, parts: [1] });
    const [again] = body.requests;
    if (again) expect((await send(again.request, bytesOf(5))).status).toBe(200);
    const { body: stored } = await server.post<PartsResponse>('/files/parts', { token: created.token });
    expect(stored.parts).toEqual([{ partNumber: 1, etag: expect.any(String), size: 5 }]);
  });

  it('refuses a body of another length', async () => {
    expect((await send(onlyRequest(await createSmall(5)), bytesOf(6))).status).toBe(403);
  });
});

it('chooses the size of parts: without a wish a file is one part, if the store takes so large a one', async () => {
  const sizeOf = async (size: number, partSize?: number) =>
    (await server.create(file('a', size, partSize === undefined ? {} : { partSize }))).partSize / MiB;
  expect(await sizeOf(0, MiB)).toBe(5);
  expect(await sizeOf(100 * MiB)).toBe(100);
  expect(await sizeOf(5 * MiB, 1)).toBe(5);
  expect(await sizeOf(5 * MiB + 1, 1)).toBe(5);
  expect(await sizeOf(40 * MiB, 8 * MiB - 1)).toBe(8);
  expect(await sizeOf(5 * 1024 * MiB)).toBe(5120);
  expect(await sizeOf(5 * 1024 * MiB + 1)).toBe(16);
  expect(await sizeOf(1024 * 1024 * MiB, 8 * MiB)).toBe(105);
  expect(await sizeOf(40 * 1024 * 1024 * MiB, Number.MAX_SAFE_INTEGER)).toBe(5120);
});

it('signs about 64 parts ahead in one call, shared by its files', async () => {
  const big = file('big', 1024 * MiB, { partSize: 5 * MiB });
  const ahead = async (count: number) => {
    const { body } = await server.post<{ files: { requests: unknown[] }[] }>('/files/create', {
      files: Array.from({ length: count }, () => big),
    });
    return body.files.map(({ requests }) => requests.length);
  };
  expect(await ahead(1)).toEqual([64]);
  expect(await ahead(3)).toEqual([22, 22, 22]);
});

it.each([
  ['the page guessed the size of parts', { adaptPartSize: true }, {}, 6 * MiB],
  ['it did not', {}, {}, 5 * MiB],
  ['the route has a size', { adaptPartSize: true }, { partSize: 5 * MiB }, 5 * MiB],
])('has each of two names that speak HTTP/2 carry as many parts, where %s', async (_, wish, route, expected) => {
  const { endpoint, region, credentials } = server.store;
  const publicEndpoint = [endpoint, endpoint.replace('127.0.0.1', 'localhost')] as const;
  const place = { endpoint, publicEndpoint, bucket: BUCKET, region, credentials: credentials[0] };
  const uploads = createUploads({
    storage: s3({ ...place, http2: true }),
    secret: SECRET,
    routes: { files: { anonymous: true, ...route } },
  });
  const body = JSON.stringify({ files: [file('a', 24 * MiB, { partSize: 5 * MiB, ...wish })] });
  const request = new Request('http://here/files/create', { method: 'POST', headers: JSON_TYPE, body });
  const { files } = (await (await uploads(request)).json()) as CreateResponse;
  expect(files[0]).toMatchObject({ partSize: expected });
});

describe('unequal parts', { timeout: 60_000 }, () => {
  const unequal = { partSize: 8 * MiB, lanes: 6 };

  it('are signed, listed and completed as the page cuts them', async () => {
    const size = 64 * MiB + 1;
    const bytes = bytesOf(size);
    const created = await server.create(file('film.mov', size, { partSize: 6 * MiB, unequal }));
    expect(created).toMatchObject(unequal);
    const plan = planParts(size, created.partSize, created.lanes);
    expect(created.requests).toHaveLength(plan.count);
    const parts = [];
    for (const { partNumber, request } of created.requests) {
      const { start, end } = partRange(plan, partNumber);
      const response = await send(request, bytes.slice(start, end));
      expect(response.status).toBe(200);
      parts.push({ partNumber, etag: response.headers.get('etag') ?? '' });
    }
    const { body: held } = await server.post<PartsResponse>('/files/parts', { token: created.token });
    expect(held.parts.map((part) => part.size)).toEqual(parts.map(({ partNumber }) => partLength(plan, partNumber)));
    expect((await server.complete(created.token, parts)).status).toBe(200);
    expect(await server.store.sha256(BUCKET, created.key)).toBe(sha256(bytes));
  });

  it('are not begun where a store wants equal ones, or the page does not ask', async () => {
    const { endpoint, region, credentials } = server.store;
    const storage = s3({ endpoint, bucket: BUCKET, region, credentials: credentials[0], profile: 'r2' });
    const uploads = createUploads({ storage, secret: SECRET, routes: { files: { anonymous: true, maxSize: 1e9 } } });
    const body = JSON.stringify({ files: [file('a', 64 * MiB, { partSize: 6 * MiB, unequal })] });
    const request = new Request('http://here/files/create', { method: 'POST', headers: JSON_TYPE, body });
    const [created] = ((await (await uploads(request)).json()) as CreateResponse).files;
    expect(created).toMatchObject({ partSize: 6 * MiB });
    expect(created).not.toHaveProperty('lanes');
    expect(await createMultipart(64 * MiB, 16 * MiB)).not.toHaveProperty('lanes');
  });
});

describe('small files', () => {
  it.each([
    ['nobody says', {}, undefined],
    ['its options say', { http2: true }, true],
    ['its profile says', { profile: 'r2' }, true],
    ['its options say otherwise', { profile: 'r2', http2: false }, undefined],
  ] as const)('hear with create whether the store speaks HTTP/2, as far as %s', async (_, options, http2) => {
    const { endpoint, region, credentials } = server.store;
    const storage = s3({ endpoint, bucket: BUCKET, region, credentials: credentials[0], ...options });
    const uploads = createUploads({ storage, secret: SECRET, routes: { files: { anonymous: true } } });
    const body = JSON.stringify({ files: [file('a', 1)] });
    const request = new Request('http://here/files/create', { method: 'POST', headers: JSON_TYPE, body });
    expect(((await (await uploads(request)).json()) as CreateResponse).http2).toBe(http2);
  });

  it('are completed by one call, and one that fails fails no other', async () => {
    const bytes = bytesOf(10);
    const all = await Promise.all([10, 10, 10].map(createSmall));
    const [first, never, last] = await Promise.all(
      all.map(async (created, index) => ({
        token: created.token,
        parts: index === 1 ? [{ partNumber: 1, etag: '"nothing"' }] : await sendAll(created, bytes),
      })),
    );
    const { status, body } = await server.post<CompleteAllResponse>('/files/complete', {
      uploads: [first, never, { token: 'of nobody', parts: [] }, last],
    });
    expect(status).toBe(200);
    expect(body.uploads).toEqual([
      expect.objectContaining({ key: all[0]?.key, size: 10, verifiedBy: 'size' }),
      { error: expect.objectContaining({ code: 'invalid-parts' }), status: 400 },
      { error: expect.objectContaining({ code: 'invalid-token' }), status: 403 },
      expect.objectContaining({ key: all[2]?.key, size: 10 }),
    ]);
    expect(await server.store.sha256(BUCKET, all[2]?.key ?? '')).toBe(sha256(bytes));
  });

  it('may be 50 in one call', async () => {
    const { token } = await createSmall(10);
    const uploads = Array.from({ length: 51 }, () => ({ token, parts: [] }));
    expect((await server.post('/files/complete', { uploads })).status).toBe(400);
  });
});
