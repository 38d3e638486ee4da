import type { SignResponse } from '@portage/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import {
  BUCKET,
  bytesOf,
  file,
  type Harness,
  MiB,
  onlyRequest,
  sendAll,
  sendParts,
  startServer,
} from '../test/harness.ts';
import { s3 } from './index.ts';

let server: Harness | undefined;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

const credentials = { accessKeyId: 'AKIDSECRETISH', secretAccessKey: 'very secret' };
/** Nothing listens on the discard port. */
const down = s3({ endpoint: 'http://127.0.0.1:9', bucket: 'hidden-bucket', credentials });
const big = file('film.mov', 11 * MiB, { partSize: 5 * MiB });

describe('a store that is down', () => {
  it('is no reason not to start, and is told in words, without the names of things', async () => {
    server = await startServer({ storage: down });
    const { status, body } = await server.post('/files/create', { files: [big] });
    expect([status, body]).toEqual([
      503,
      {
        error: {
          code: 'store-unavailable',
          message: 'The file store does not answer at the moment.',
          hint: 'Nothing is lost; the upload goes on as soon as the store is back.',
        },
      },
    ]);
    expect(server.errors).toMatchObject([{ name: 'StoreError', reason: 'unavailable' }]);
  });

  it('says so too where a rule refuses some of the files', async () => {
    server = await startServer({ storage: down, routes: { files: { minSize: 2 } } });
    const { status, body } = await server.post('/files/create', { files: [big, file('a', 1)] });
    expect([status, body]).toMatchObject([
      200,
      { files: [{ error: { code: 'store-unavailable' } }, { error: { code: 'too-small' } }] },
    ]);
  });

  it('goes down in the middle: signing goes on, the rest says so', async () => {
    server = await startServer();
    const { token } = await server.create(big);
    await server.store.close();
    expect((await server.post<SignResponse>('/files/sign', { token, parts: [1] })).status).toBe(200);
    const parts = [1, 2, 3].map((partNumber) => ({ partNumber, etag: '"x"' }));
    for (const operation of ['parts', 'complete', 'abort']) {
      const { status, body } = await server.post(`/files/${operation}`, { token, parts });
      expect([status, body.error.code]).toEqual([503, 'store-unavailable']);
    }
  });
});

it('a store that refuses the server is a fault of the server: the browser is not told of keys or buckets', async () => {
  server = await startServer();
  const storage = s3({ endpoint: server.store.endpoint, bucket: BUCKET, credentials });
  const refusing = await startServer({ storage });
  const { status, body } = await refusing.post('/files/create', { files: [big] });
  expect([status, body.error.code]).toEqual([500, 'internal']);
  for (const hidden of [BUCKET, credentials.accessKeyId, 'InvalidAccessKeyId', '127.0.0.1'])
    expect(JSON.stringify(body)).not.toContain(hidden);
  expect(refusing.errors).toMatchObject([{ message: expect.stringContaining('InvalidAccessKeyId') }]);
  await refusing[Symbol.asyncDispose]();
});

describe('a lost reply to complete', () => {
  it('is repaired by the object itself, if it is of this upload', async () => {
    let completed = 0;
    server = await startServer();
    const { store } = server;
    const forgetful = await startServer({
      storage: s3({
        endpoint: store.endpoint,
        bucket: BUCKET,
        credentials: store.credentials[0],
        fetch: async (input, init) => {
          const isComplete = init?.method === 'POST' && String(input).includes('uploadId=');
          if (isComplete && completed++ > 0)
            return new Response('<Error><Code>NoSuchUpload</Code></Error>', { status: 404 });
          return fetch(input, init);
        },
      }),
    });
    const created = await forgetful.create(big);
    if (created.kind !== 'multipart') throw new Error('expected a multipart upload');
    const parts = await sendParts(created.requests, created.partSize, bytesOf(11 * MiB));
    const first = await forgetful.complete(created.token, parts);
    const second = await forgetful.complete(created.token, parts);
    expect(first.status).toBe(200);
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect(completed).toBe(2);
    await forgetful[Symbol.asyncDispose]();
  });

  it('is not repaired by an object of another upload under the same key', async () => {
    server = await startServer({ routes: { files: { key: () => 'same' } } });
    const { token } = await server.create(big);
    await server.post('/files/abort', { token });
    const other = await server.create(file('other', 11 * MiB));
    expect((await server.complete(other.token, await sendAll(other, bytesOf(11 * MiB)))).status).toBe(200);
    const parts = [1, 2, 3].map((partNumber) => ({ partNumber, etag: '"x"' }));
    const { status, body } = await server.complete(token, parts);
    expect([status, body.error.code]).toEqual([409, 'key-taken']);
  });
});

it('an object of another size is refused and removed', async () => {
  server = await startServer();
  const { store } = server;
  const deleted: string[] = [];
  const lying = await startServer({
    storage: s3({
      endpoint: store.endpoint,
      bucket: BUCKET,
      credentials: store.credentials[0],
      fetch: async (input, init) => {
        if (init?.method === 'DELETE') deleted.push(new URL(String(input)).pathname);
        const response = await fetch(input, init);
        if (init?.method !== 'HEAD') return response;
        const headers = new Headers(response.headers);
        headers.set('content-length', '1');
        return new Response(null, { status: response.status, headers });
      },
    }),
  });
  const created = await lying.create(file('a', 2));
  const { status, body } = await lying.complete(created.token, await sendAll(created, bytesOf(2)));
  expect([status, body.error]).toMatchObject([409, { code: 'size-mismatch' }]);
  expect(deleted).toEqual([`/${BUCKET}/${created.key}`]);
  await lying[Symbol.asyncDispose]();
});

describe('time', () => {
  it('ends a token after its life, and a signature after its own', async () => {
    let now = Date.now();
    server = await startServer({ clock: () => now, tokenLifetime: 3600, urlLifetime: 60 });
    const created = await server.create(file('a', 1));
    expect(created.expiresIn).toBe(3_600_000);
    expect(onlyRequest(created).expiresIn).toBe(60_000);
    now += 3_600_000;
    const { status, body } = await server.post('/files/sign', { token: created.token, parts: [1] });
    expect([status, body.error.code]).toEqual([403, 'token-expired']);
  });
});
