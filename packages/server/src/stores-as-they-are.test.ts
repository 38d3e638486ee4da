/** What stores and what stands before them were seen to answer, and what the server makes of it. */
import { createHash } from 'node:crypto';
import { createSigner } from '@portage/protocol/sigv4';
import { afterEach, describe, expect, it } from 'vitest';
import { BUCKET, bytesOf, file, type Harness, MiB, sendAll, startServer } from '../test/harness.ts';
import { s3, type UploadEvent } from './index.ts';

const open: Harness[] = [];
afterEach(async () => {
  for (const server of open.splice(0).reverse()) await server[Symbol.asyncDispose]();
});

const MD5 = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const big = file('film.mov', 6 * MiB, { partSize: 5 * MiB });

/** A server whose store is answered for by `meddle`, where it returns something. Events of uploads go to `events`. */
async function start(
  profile: 'minio' | 'ceph' | 'spaces' | 'r2' | 'aws',
  meddle: (method: string, url: URL, ask: () => Promise<Response>) => Promise<Response> | undefined,
) {
  const server = await startServer();
  const { endpoint, region, credentials } = server.store;
  const events: UploadEvent[] = [];
  const deleted: string[] = [];
  const storage = s3({
    ...{ endpoint, region, bucket: BUCKET, credentials: credentials[0], profile, forcePathStyle: true },
    fetch: (input, init) => {
      const url = new URL(String(input));
      const method = init?.method ?? 'GET';
      if (method === 'DELETE') deleted.push(url.pathname);
      const ask = () => fetch(input, init);
      return meddle(method, url, ask) ?? ask();
    },
  });
  const meddled = await startServer({ storage, observe: (event) => events.push(event) });
  open.push(server, meddled);
  return { ...meddled, deleted, events };
}

/** The store's own response with other headers. */
const withHeaders = async (answer: Promise<Response>, headers: Record<string, string>) => {
  const { status, headers: own } = await answer;
  return new Response(null, { status, headers: { ...Object.fromEntries(own), ...headers } });
};

const page = (status: number) =>
  new Response('<html><body>Not here</body></html>', { status, headers: { 'content-type': 'text/html' } });

describe.each([
  ['aws', 'aws'],
  ['r2', 'r2'],
  ['minio', 'minio'],
  ['ceph-16', 'ceph-16'],
  ['ceph-20', 'ceph'],
  ['swift', 'swift'],
  ['generic', 'aws'],
  ['ceph', 'ceph'],
] as const)('the profile %s on a store that answers as %s', (profile, mimic) => {
  it('stores files of no byte, of a few and of two parts, byte for byte, and leaves nothing else', {
    timeout: 60_000,
  }, async () => {
    const store = await startServer({ s3: { mimic } });
    open.push(store);
    const { endpoint, region, credentials } = store.store;
    const storage = s3({
      ...{ endpoint, region, bucket: BUCKET, credentials: credentials[0], profile, forcePathStyle: true },
    });
    const server = await startServer({ storage });
    open.push(server);
    for (const size of [0, 3, 6 * MiB]) {
      const content = bytesOf(size);
      const created = await server.create(file(`${size}.bin`, size, { partSize: 5 * MiB }));
      const { body, status } = await server.complete(created.token, await sendAll(created, content));
      expect([status, body.error]).toEqual([200, undefined]);
      const sha256 = createHash('sha256').update(content).digest('hex');
      expect(await store.store.sha256(BUCKET, created.key)).toBe(sha256);
    }
    expect(store.store.objects(BUCKET)).toHaveLength(3);
    expect(store.store.multipartUploads(BUCKET)).toEqual([]);
  });
});

describe.each(['minio', 'ceph', 'spaces', 'r2'] as const)('an ETag that is no MD5 proves no damage (%s)', (profile) => {
  it.each([
    ['encrypted with KMS', { etag: `"${MD5}"`, 'x-amz-server-side-encryption': 'aws:kms' }],
    ['encrypted with KMS, twice', { etag: `"${MD5}"`, 'x-amz-server-side-encryption': 'aws:kms:dsse' }],
    [
      "encrypted with the customer's key",
      { etag: `"${MD5}"`, 'x-amz-server-side-encryption-customer-algorithm': 'AES256' },
    ],
    ['a weak one', { etag: `W/"${MD5}"` }],
    ['in upper case', { etag: `"${MD5.toUpperCase()}"` }],
  ])('%s: the file is believed by its size, and stays', async (_, headers) => {
    const server = await start(profile, (method, _url, ask) =>
      method === 'HEAD' ? withHeaders(ask(), headers) : undefined,
    );
    const created = await server.create(file('a.txt', 5));
    const parts = await sendAll(created, bytesOf(5));
    const { token } = created;
    const answer = await server.post('/files/complete', { token, parts, etag: 'f'.repeat(32) });
    expect(answer).toMatchObject({ status: 200, body: { verifiedBy: 'size' } });
    expect(server.deleted).toEqual([]);
  });
});

it('what has the right size is never deleted for its ETag: it is refused, and nobody is told of it', async () => {
  const server = await start('ceph', (method, _url, ask) =>
    method === 'HEAD' ? withHeaders(ask(), { etag: `"${MD5}"` }) : undefined,
  );
  const created = await server.create(file('a.txt', 5));
  const parts = await sendAll(created, bytesOf(5));
  const answer = await server.post('/files/complete', { token: created.token, parts, etag: 'f'.repeat(32) });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'checksum-mismatch' } } });
  expect(server.deleted).toEqual([]);
  expect(server.events.map(({ event }) => event)).not.toContain('completed');
});

it.each([
  ['of the parts', { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=', 'x-amz-checksum-type': 'COMPOSITE' }],
  ['of one part, as Ceph 20 has it', { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=-1' }],
])('a checksum %s proves no damage', async (_, headers) => {
  const server = await start('aws', (method, _url, ask) =>
    method === 'HEAD' ? withHeaders(ask(), headers) : undefined,
  );
  const created = await server.create(file('a.txt', 5));
  const parts = await sendAll(created, bytesOf(5));
  expect(await server.complete(created.token, parts)).toMatchObject({ status: 200 });
  // Asked again, with the checksum of what was sent: the store's own is of something else.
  const answer = await server.post('/files/complete', { token: created.token, parts: [], checksum: 'AAAAAAAAAAE=' });
  expect(answer).toMatchObject({ status: 200, body: { verifiedBy: 'size' } });
});

describe('a 404 that is not in the words of S3', () => {
  it.each(['parts', 'complete', 'abort'])(
    'is a store that is away, and not an upload that is gone: %s',
    async (call) => {
      const server = await start('minio', (method, url) =>
        url.searchParams.has('uploadId') && method !== 'PUT' ? Promise.resolve(page(404)) : undefined,
      );
      const { token } = await server.create(big);
      const parts = [1, 2].map((partNumber) => ({ partNumber, etag: '"x"' }));
      const { status, body } = await server.post(`/files/${call}`, { token, parts });
      expect([status, body.error.code]).toEqual([503, 'store-unavailable']);
    },
  );

  it('of a HEAD, which has no words, is told by its type', async () => {
    const server = await start('minio', (method) => (method === 'HEAD' ? Promise.resolve(page(404)) : undefined));
    const created = await server.create(file('a.txt', 5));
    const parts = await sendAll(created, bytesOf(5));
    const { status, body } = await server.complete(created.token, parts);
    expect([status, body.error.code]).toEqual([503, 'store-unavailable']);
  });
});

it.each(['ConditionalRequestConflict', 'OperationAborted'])('409 %s on Complete is to be tried again', async (code) => {
  const server = await start('minio', (method, url) =>
    method === 'POST' && url.searchParams.has('uploadId')
      ? Promise.resolve(new Response(`<Error><Code>${code}</Code></Error>`, { status: 409 }))
      : undefined,
  );
  const created = await server.create(big);
  const parts = await sendAll(created, bytesOf(6 * MiB));
  const { status, body } = await server.complete(created.token, parts);
  expect([status, body.error.code]).toEqual([503, 'store-unavailable']);
});

it.each(['complete', 'parts'])(
  'without s3:ListBucket, a 403 of HEAD after NoSuchUpload means that nothing is there: %s',
  async (call) => {
    const server = await start('minio', (method, url) => {
      if (method === 'HEAD') return Promise.resolve(new Response(null, { status: 403 }));
      if (!url.searchParams.has('uploadId')) return undefined;
      return Promise.resolve(new Response('<Error><Code>NoSuchUpload</Code></Error>', { status: 404 }));
    });
    const { token } = await server.create(big);
    const parts = [1, 2].map((partNumber) => ({ partNumber, etag: '"x"' }));
    const { status, body } = await server.post(`/files/${call}`, { token, parts });
    expect([status, body.error.code]).toEqual([404, 'no-such-upload']);
  },
);

describe('a bucket with Object Lock, and `headers` that lock every object', () => {
  const LOCK = {
    'x-amz-object-lock-mode': 'COMPLIANCE',
    'x-amz-object-lock-retain-until-date': new Date(Date.now() + 86_400_000).toISOString(),
  };

  async function startLocked() {
    const { store, ...rest } = await startServer();
    open.push({ store, ...rest });
    const { endpoint, region, credentials } = store;
    const signer = createSigner({ ...credentials[0], region });
    const send = async (method: string, path: string, headers: Record<string, string> = {}) => {
      const signed = signer.sign({ method, url: `${endpoint}/locked${path}`, headers, at: Date.now() });
      return fetch(signed.url, { method, headers: signed.headers });
    };
    expect((await send('PUT', '', { 'x-amz-bucket-object-lock-enabled': 'true' })).status).toBe(200);
    const place = { endpoint, region, bucket: 'locked', credentials: credentials[0], profile: 'mock' } as const;
    const server = await startServer({
      storage: s3({ ...place, headers: LOCK }),
      routes: { files: { accept: ['image/*'] } },
    });
    open.push(server);
    /** Every version that there is. */
    const versions = async () =>
      [...(await (await send('GET', '?versions')).text()).matchAll(/<Version>.*?<Key>(.*?)<\/Key>/gs)].map(
        ([, key]) => key,
      );
    return { server, store, send, versions };
  }
  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  it('takes files of one part and of two, byte for byte: each is locked, and nothing else is left', async () => {
    const { server, store, send, versions } = await startLocked();
    const keys: string[] = [];
    for (const more of [0, 6 * MiB]) {
      const content = new Uint8Array(Buffer.concat([PNG, bytesOf(more)]));
      const created = await server.create({
        ...file('a.png', content.length, { partSize: 5 * MiB }),
        type: 'image/png',
      });
      const { status } = await server.complete(created.token, await sendAll(created, content));
      expect(status).toBe(200);
      expect(await store.sha256('locked', created.key)).toBe(createHash('sha256').update(content).digest('hex'));
      const { headers } = await send('HEAD', `/${created.key}`);
      for (const [name, value] of Object.entries(LOCK)) expect(headers.get(name)).toBe(value);
      keys.push(created.key);
    }
    expect((await versions()).sort()).toEqual(keys.sort());
  });

  it('a file that is refused was never locked, and is gone', async () => {
    const { server, versions } = await startLocked();
    const content = new TextEncoder().encode('this is text, and no picture');
    const created = await server.create({ ...file('a.png', content.length), type: 'image/png' });
    const { body } = await server.complete(created.token, await sendAll(created, content));
    expect(body.error?.code).toBe('type-refused');
    expect(await versions()).toEqual([]);
  });
});
