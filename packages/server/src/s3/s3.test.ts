import { createHash } from 'node:crypto';
import { createMockS3, type MockS3 } from '@portage/mock-s3';
import type { SignedRequest } from '@portage/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, send, signOne } from '../../test/harness.ts';
import type { StoreError } from '../errors.ts';
import type { Storage } from '../storage.ts';
import { s3 } from './s3.ts';
import { s3FromEnv } from './s3-from-env.ts';
import type { S3Options } from './s3-options.ts';
import { profileOf } from './store-profiles.ts';

let store: MockS3;
beforeAll(async () => {
  store = await createMockS3({ buckets: ['bucket'], minPartSize: 1 });
});
afterAll(() => store.close());

const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
const storage = () =>
  s3({ endpoint: store.endpoint, bucket: 'bucket', region: store.region, credentials: store.credentials[0] });
const reasonOf = (promise: Promise<unknown>) => promise.then(String, (error: StoreError) => error.reason ?? error);

/** An object that the server has stored. */
async function stored(key: string, size: number, headers = {}) {
  const uploadId = await storage().createMultipartUpload({ key, headers });
  const [signed] = await storage().signParts({ key, uploadId, parts: [{ partNumber: 1, size }], lifetime: 60 });
  const answer = signed && (await send(signed.request, bytesOf(size)));
  const parts = [{ partNumber: 1, etag: answer?.headers.get('etag') ?? '' }];
  await storage().completeMultipartUpload({ key, uploadId, parts });
  const seen = await storage().headObject(key);
  if (seen === undefined) throw new Error('nothing was stored');
  return seen;
}

/** A store that gives one response to everything. */
const answering = (text: string, init: ResponseInit = {}) =>
  s3({ bucket: 'bucket', credentials, fetch: async () => new Response(text, init) });
const s3Error = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>`;

describe('addresses', () => {
  const locate = (options: object) => s3({ bucket: 'bucket', credentials, ...options }).location('a b/ü.txt');
  it.each([
    [{}, 'https://bucket.s3.us-east-1.amazonaws.com/a%20b/%C3%BC.txt'],
    [{ region: 'eu-central-1' }, 'https://bucket.s3.eu-central-1.amazonaws.com/a%20b/%C3%BC.txt'],
    // The certificate of *.s3.us-east-1.amazonaws.com is for one name before the dot.
    [{ bucket: 'www.example.com' }, 'https://s3.us-east-1.amazonaws.com/www.example.com/a%20b/%C3%BC.txt'],
    [{ forcePathStyle: true }, 'https://s3.us-east-1.amazonaws.com/bucket/a%20b/%C3%BC.txt'],
    [{ endpoint: 'http://127.0.0.1:9000' }, 'http://127.0.0.1:9000/bucket/a%20b/%C3%BC.txt'],
    [{ endpoint: 'https://store.example/', forcePathStyle: false }, 'https://bucket.store.example/a%20b/%C3%BC.txt'],
    [{ endpoint: 'https://proxy.example/s3/' }, 'https://proxy.example/s3/bucket/a%20b/%C3%BC.txt'],
    [
      { endpoint: 'http://minio:9000', publicEndpoint: 'https://files.example' },
      'https://files.example/bucket/a%20b/%C3%BC.txt',
    ],
  ])('%j', (options, expected) => expect(locate(options)).toBe(expected));

  describe('of a store that has several names', () => {
    const names: [string, string] = ['', ''];
    const shared = () =>
      s3({
        ...{ endpoint: store.endpoint, publicEndpoint: names, bucket: 'bucket' },
        ...{ forcePathStyle: true, region: store.region, credentials: store.credentials[0] },
      });
    const originsOf = ({ url, alternatives = [] }: SignedRequest) =>
      [url, ...alternatives].map((at) => new URL(at).origin);
    beforeAll(() => {
      names.splice(0, 2, store.endpoint, `http://localhost:${store.port}`);
    });

    it('have each part signed for every name, and each name takes it', async () => {
      const key = 'film';
      const uploadId = await shared().createMultipartUpload({ key, headers: {} });
      const parts = [1, 2, 3].map((partNumber) => ({ partNumber, size: partNumber === 3 ? 3 : 7 }));
      const signed = await shared().signParts({ key, uploadId, parts, lifetime: 60 });
      const [one, other] = names;
      // In turns, for clients that look at the first alone.
      expect(signed.map(({ request }) => originsOf(request))).toEqual([
        [one, other],
        [other, one],
        [one, other],
      ]);
      for (const { partNumber, request } of signed) {
        for (const url of [request.url, ...(request.alternatives ?? [])]) {
          const { status } = await send({ ...request, url }, bytesOf(partNumber === 3 ? 3 : 7));
          expect(status).toBe(200);
        }
      }
    });

    it('have each small file signed for every name', async () => {
      const storage = shared();
      const sign = () => signOne(storage, 'note');
      const [first, second] = [await sign(), await sign()].map(originsOf);
      expect(new Set(first)).toEqual(new Set(names));
      expect(second).toEqual(first?.toReversed());
      expect(storage.location('note')).toBe(`${store.endpoint}/bucket/note`);
    });

    it('may differ in style', async () => {
      const endpoint = 'https://s3.eu-west-1.amazonaws.com';
      const publicEndpoint = [endpoint, { endpoint, forcePathStyle: true }] as const;
      const styles = s3({ publicEndpoint, bucket: 'bucket', region: 'eu-west-1', credentials });
      const request = await signOne(styles);
      expect(new Set([request.url, ...(request.alternatives ?? [])].map((url) => url.replace(/\?.*/, '')))).toEqual(
        new Set([`https://bucket.s3.eu-west-1.amazonaws.com/k`, `${endpoint}/bucket/k`]),
      );
    });

    it.each([
      ['r2', 'account.r2.cloudflarestorage.com'],
      ['gcs', 'storage.googleapis.com'],
    ] as const)('are those of both styles where the store is %s', async (profile, host) => {
      const endpoint = `https://${host}`;
      const namesOf = async (options: object) => {
        const request = await signOne(s3({ endpoint, profile, bucket: 'bucket', credentials, ...options }));
        return [request.url, ...(request.alternatives ?? [])].map((url) => url.replace(/k\?.*/, ''));
      };
      const [byPath, byBucket] = [`${endpoint}/bucket/`, `https://bucket.${host}/`];
      expect(await namesOf({})).toEqual([byPath, byBucket]);
      expect(await namesOf({ forcePathStyle: true })).toEqual([byPath]);
      expect(await namesOf({ forcePathStyle: false })).toEqual([byBucket]);
      expect(await namesOf({ publicEndpoint: 'https://cdn.example' })).toEqual(['https://cdn.example/bucket/']);
      // The certificate is for one word before the host.
      expect(await namesOf({ bucket: 'my.bucket' })).toEqual([`${endpoint}/my.bucket/`]);
      expect(await namesOf({ endpoint: `http://${host}` })).toEqual([`http://${host}/bucket/`]);
      // A host before the store may have one name only.
      expect(await namesOf({ endpoint: 'https://store.example' })).toEqual(['https://store.example/bucket/']);
    });

    it('are none where there is one', async () => {
      const request = await signOne(storage());
      expect(request).not.toHaveProperty('alternatives');
    });
  });

  it('refuses a wait that no timer knows: every call would have ended at once', () => {
    expect(() => locate({ timeout: Infinity })).toThrow('`timeout` is Infinity');
    expect(() => locate({ slowTimeout: 2 ** 31 })).toThrow('at most 2147483647');
  });

  it('refuses an endpoint that is no http URL', () => {
    expect(() => locate({ endpoint: 'ftp://store' })).toThrow(TypeError);
    expect(() => locate({ endpoint: 'store:9000' })).toThrow(TypeError);
    expect(() => locate({ endpoint: '127.0.0.1:9000' })).toThrow('such as http://127.0.0.1:9000');
    expect(() => locate({ publicEndpoint: 'localhost:9000' })).toThrow('such as http://127.0.0.1:9000');
  });

  it('works in virtual-host style against a real store', async () => {
    const endpoint = `http://localhost:${store.port}`;
    const virtual = s3({
      endpoint,
      bucket: 'bucket',
      forcePathStyle: false,
      credentials: store.credentials[0],
      fetch: viaIp,
    });
    const uploadId = await virtual.createMultipartUpload({ key: 'virtual', headers: {} });
    expect(store.multipartUploads('bucket').map((upload) => upload.uploadId)).toContain(uploadId);
  });
  /** `bucket.localhost` need not resolve here. */
  const viaIp: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const { request } = await import('node:http');
    return new Promise((resolve, reject) => {
      const headers = { ...(init?.headers as Record<string, string>), host: url.host };
      const path = url.pathname + url.search;
      request({ host: '127.0.0.1', port: url.port, path, method: init?.method ?? 'GET', headers }, async (answer) => {
        let text = '';
        for await (const data of answer) text += data;
        resolve(new Response(text, { status: answer.statusCode ?? 0 }));
      })
        .on('error', reject)
        .end();
    });
  };
});

describe('listParts', () => {
  it('reads every page', async () => {
    const upload = { key: 'many', uploadId: await storage().createMultipartUpload({ key: 'many', headers: {} }) };
    const numbers = Array.from({ length: 1005 }, (_, index) => index + 1);
    const signed = await storage().signParts({
      ...upload,
      parts: numbers.map((partNumber) => ({ partNumber, size: 1 })),
      lifetime: 60,
    });
    for (let at = 0; at < signed.length; at += 100)
      await Promise.all(signed.slice(at, at + 100).map(({ request }) => send(request, bytesOf(1))));
    const parts = await storage().listParts(upload);
    expect(parts.map(({ partNumber }) => partNumber)).toEqual(numbers);
    expect(parts.every(({ size, etag }) => size === 1 && /^"[0-9a-f]{32}"$/.test(etag))).toBe(true);
    await storage().completeMultipartUpload({ ...upload, parts });
    expect(await storage().headObject('many')).toMatchObject({ size: 1005 });
  }, 60_000);

  const upload = { key: 'a', uploadId: 'u' };
  const page = (inside: string) => `<ListPartsResult>${inside}</ListPartsResult>`;

  it('does not turn in circles where a store says that there is more, but not where', async () => {
    const endless = answering(page('<IsTruncated>true</IsTruncated><NextPartNumberMarker>0</NextPartNumberMarker>'));
    expect(await reasonOf(endless.listParts(upload))).toBe('unavailable');
    expect(await reasonOf(answering(page('<IsTruncated>true</IsTruncated>')).listParts(upload))).toBe('unavailable');
  });

  it('reads a list without parts, and one whose quotes are written as numbers', async () => {
    expect(await answering(page('<IsTruncated>false</IsTruncated>')).listParts(upload)).toEqual([]);
    const part = '<Part><PartNumber>7</PartNumber><ETag>&#34;ab&#34;</ETag><Size>5</Size></Part>';
    expect(await answering(page(part)).listParts(upload)).toEqual([{ partNumber: 7, etag: '"ab"', size: 5 }]);
  });

  it.each(['', '<html>', 'no', page('<Part/>'), page('<Part><PartNumber>x</PartNumber></Part>')])(
    'does not take %j for a list',
    async (text) => expect(await reasonOf(answering(text).listParts(upload))).toBe('unavailable'),
  );
});

describe('failures of the store', () => {
  const upload = { key: 'a', uploadId: 'u' };
  const complete = (text: string, status: number) =>
    reasonOf(answering(text, { status }).completeMultipartUpload({ ...upload, parts: [] }));

  it.each([
    ['InternalError', 200, 'unavailable'],
    ['InternalError', 500, 'unavailable'],
    ['SlowDown', 503, 'unavailable'],
    ['RequestTimeout', 400, 'unavailable'],
    ['NoSuchUpload', 404, 'no-such-upload'],
    ['NoSuchKey', 404, 'no-such-upload'],
    ['InvalidPart', 400, 'invalid-parts'],
    ['InvalidPartOrder', 400, 'invalid-parts'],
    ['EntityTooSmall', 400, 'invalid-parts'],
    ['SignatureDoesNotMatch', 403, 'refused'],
    ['RequestTimeTooSkewed', 403, 'refused'],
    ['NoSuchBucket', 404, 'refused'],
    ['constructor', 400, 'refused'],
  ])('%s with status %i is %s', async (code, status, reason) => {
    expect(await complete(s3Error(code), status)).toBe(reason);
  });

  it.each([
    [301, 'refused'],
    [403, 'refused'],
    [404, 'unavailable'],
    [429, 'unavailable'],
    [502, 'unavailable'],
  ])('status %i without a code is %s', async (status, reason) => {
    expect(await complete('<html>', status)).toBe(reason);
  });

  it('a store that does not answer in time is unavailable', async () => {
    const never: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const silent = s3({ bucket: 'b', credentials, fetch: never, timeout: 1, slowTimeout: 1 });
    expect(await reasonOf(silent.headObject('a'))).toBe('unavailable');
    expect(await reasonOf(silent.abortMultipartUpload(upload))).toBe('unavailable');
  });

  it('a response without what it should have is not taken for success', async () => {
    expect(await reasonOf(answering('').createMultipartUpload({ key: 'a', headers: {} }))).toBe('unavailable');
    expect(await reasonOf(answering('').headObject('a'))).toBe('unavailable');
  });
});

it('a deleted object is gone, and deleting it again succeeds', async () => {
  const seen = await stored('gone', 1);
  for (const _ of [1, 2]) await storage().deleteObject({ key: 'gone', seen });
  expect(await storage().headObject('gone')).toBeUndefined();
});

describe('s3FromEnv', () => {
  const env = { S3_BUCKET: 'bucket', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
  const requestOf = (more: object) => signOne(s3FromEnv({ ...env, ...more }));
  const urlOf = async (more: object) => (await requestOf(more)).url;

  it('names what is missing', () => {
    expect(() => s3FromEnv({ ...env, S3_BUCKET: '', AWS_SECRET_ACCESS_KEY: undefined })).toThrow(
      'The object store needs S3_BUCKET, AWS_SECRET_ACCESS_KEY in the environment.',
    );
    expect(() => s3FromEnv({ ...env, S3_FORCE_PATH_STYLE: 'yes' })).toThrow(TypeError);
  });

  it('reads region, endpoints, style and session token', async () => {
    expect(await urlOf({})).toMatch(/^https:\/\/bucket\.s3\.us-east-1\.amazonaws\.com\/k\?/);
    expect(await urlOf({ AWS_REGION: 'eu-west-1' })).toContain('s3.eu-west-1.');
    expect(await urlOf({ AWS_REGION: 'eu-west-1', S3_REGION: 'auto' })).toContain('%2Fauto%2Fs3%2F');
    expect(await urlOf({ S3_ENDPOINT: 'http://minio:9000' })).toMatch(/^http:\/\/minio:9000\/bucket\/k\?/);
    expect(await urlOf({ S3_ENDPOINT: 'http://minio:9000', S3_PUBLIC_ENDPOINT: 'https://files.example' })).toMatch(
      /^https:\/\/files\.example\/bucket\/k\?/,
    );
    const names = { S3_PUBLIC_ENDPOINT: 'https://one.example, https://two.example', S3_FORCE_PATH_STYLE: 'true' };
    expect(await requestOf(names)).toMatchObject({
      url: expect.stringMatching(/^https:\/\/one\.example\/bucket\/k\?/),
      alternatives: [expect.stringMatching(/^https:\/\/two\.example\/bucket\/k\?/)],
    });
    expect(await urlOf({ S3_FORCE_PATH_STYLE: 'true' })).toMatch(/amazonaws\.com\/bucket\/k\?/);
    expect(await urlOf({ AWS_SESSION_TOKEN: 'tok' })).toContain('X-Amz-Security-Token=tok');
  });
});

describe('options that make every signature wrong', () => {
  const keys = { accessKeyId: 'id', secretAccessKey: 'secret' };
  it.each([
    [{ credentials: { ...keys, secretAccessKey: 'secret\n' } }, '`secretAccessKey` has a blank or a line break'],
    [{ credentials: { ...keys, accessKeyId: ' id' } }, '`accessKeyId` has a blank or a line break'],
    [{ credentials: { ...keys, sessionToken: '' } }, '`sessionToken` is empty'],
    [{ credentials: { ...keys, secretAccessKey: '' } }, '`secretAccessKey` is empty'],
    [{ region: 'eu-west-1\n' }, '`region` has a blank or a line break'],
    [{ bucket: '' }, '`bucket` is ""'],
    [{ profile: 'amazon' as never }, '`profile` must be one of'],
    [{ headers: { 'x-amz-server-side-encryption-customer-key': 'k' } }, 'shown to every browser'],
    [{ headers: { 'Content-Type': 'text/plain' } }, 'Portage sets it itself'],
  ])('%j are refused at start, in words', (options, words) => {
    expect(() => s3({ bucket: 'b', credentials: keys, ...options })).toThrow(words);
  });

  it('from a provider are refused when they are fetched', async () => {
    const provider = s3({ bucket: 'b', credentials: async () => ({ ...keys, secretAccessKey: 'secret\n' }) });
    await expect(signOne(provider)).rejects.toMatchObject({
      reason: 'unavailable',
      cause: expect.objectContaining({ message: expect.stringContaining('line break') }),
    });
  });

  it('name their variable where they come from the environment', () => {
    const env = { S3_BUCKET: 'bucket', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
    expect(() => s3FromEnv({ ...env, AWS_SECRET_ACCESS_KEY: 'secret\n' })).toThrow(
      '`AWS_SECRET_ACCESS_KEY` has a blank',
    );
    expect(() => s3FromEnv({ ...env, S3_REGION: 'auto\r\n' })).toThrow('`S3_REGION` has a blank');
    expect(() => s3FromEnv({ ...env, S3_ENDPOINT: '127.0.0.1:9000' })).toThrow('must start with http:// or https://');
    expect(() => s3FromEnv({ ...env, S3_PROFILE: 'amazon' })).toThrow('S3_PROFILE must be one of');
    expect(() => s3FromEnv({ ...env, S3_CONDITIONAL_WRITES: 'yes' })).toThrow('S3_CONDITIONAL_WRITES must be');
  });
});

describe('headers that a store wants', () => {
  /** Names of the signed headers of each request that the storage makes or signs. */
  const headers = () => ({
    'x-amz-server-side-encryption': 'aws:kms',
    'X-Amz-Storage-Class': 'INTELLIGENT_TIERING',
    'x-amz-expected-bucket-owner': '111122223333',
    'x-amz-object-lock-retain-until-date': new Date(Date.UTC(2030, 0, 1)).toISOString(),
  });
  const requests: Request[] = [];
  const recording: typeof fetch = async (input, init) => {
    requests.push(new Request(input, init));
    return new Response('<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>');
  };
  const lasting = s3({ bucket: 'b', credentials, headers, fetch: recording });

  it('go with what makes an object, signed, and the owner with every request', async () => {
    await lasting.createMultipartUpload({ key: 'k', headers: {} });
    const seen = { size: 1, etag: '"e"', headers: {} };
    await lasting.copyObject({ key: 'k', seen, to: { key: 'l' }, locks: true });
    await lasting.copyObject({ key: 'k', seen, to: { key: 'quarantine' } });
    await lasting.deleteObject({ key: 'k', seen });
    const [create, copy, other, remove] = requests.map(({ headers: sent }) => sent);
    for (const sent of [create, copy, other]) {
      expect(sent?.get('x-amz-server-side-encryption')).toBe('aws:kms');
      expect(sent?.get('x-amz-storage-class')).toBe('INTELLIGENT_TIERING');
      // Only what was checked is locked.
      const until = sent === copy ? '2030-01-01T00:00:00.000Z' : null;
      expect(sent?.get('x-amz-object-lock-retain-until-date')).toBe(until);
    }
    expect(remove?.get('x-amz-server-side-encryption')).toBeNull();
    for (const sent of [create, copy, remove]) {
      expect(sent?.get('x-amz-expected-bucket-owner')).toBe('111122223333');
      expect(sent?.get('authorization')).toContain('x-amz-expected-bucket-owner');
    }
  });

  it('of every request stand in what browsers are given to send', async () => {
    expect((await signOne(lasting)).headers).toEqual({ 'x-amz-expected-bucket-owner': '111122223333' });
  });

  it('may come from the environment', async () => {
    const env = { S3_BUCKET: 'bucket', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
    requests.length = 0;
    const named = s3FromEnv(
      { ...env, S3_SSE: 'aws:kms', S3_SSE_KMS_KEY_ID: 'arn:key', S3_TAGGING: 'kind=upload' },
      { fetch: recording },
    );
    await named.createMultipartUpload({ key: 'k', headers: {} });
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'arn:key',
      'x-amz-tagging': 'kind=upload',
    });
  });
});

describe('profiles', () => {
  const conditionOf = async (make: (fetch: typeof globalThis.fetch) => Storage) => {
    const sent: Headers[] = [];
    const storage = make(async (_, init) => {
      sent.push(new Headers(init?.headers));
      return new Response();
    });
    await storage.completeMultipartUpload({ key: 'k', uploadId: 'u', parts: [] });
    return sent[0]?.get('if-none-match') ?? undefined;
  };
  const conditionIn = (profile: S3Options['profile']) =>
    conditionOf((fetch) => s3({ bucket: 'b', credentials, ...(profile && { profile }), fetch }));

  it.each([
    ['https://storage.googleapis.com', 'gcs'],
    ['https://s3.eu-central-1.wasabisys.com', 'wasabi'],
    ['https://fly.storage.tigris.dev', 'tigris'],
    ['https://t3.storage.dev', 'tigris'],
    ['https://abc.supabase.co/storage/v1/s3', 'supabase'],
    ['https://s3.fr-par.scw.cloud', 'scaleway'],
    ['https://fsn1.your-objectstorage.com', 'hetzner'],
    ['https://notscw.cloud', 'generic'],
  ])('%s is %s', (endpoint, name) => {
    expect(profileOf(new URL(endpoint).hostname).name).toBe(name);
  });

  it('may be given field by field, on top of a named one', async () => {
    expect(await conditionIn('ceph-20')).toBe('*');
    expect(await conditionIn('ceph-16')).toBeUndefined();
    const fields = { name: 'swift', conditionalWrites: { put: true, complete: true } };
    expect(await conditionIn(fields)).toBe('*');
    expect(s3({ bucket: 'b', credentials, profile: fields }).maxParts).toBe(1000);
    expect(s3({ bucket: 'b', credentials, profile: { maxParts: 500 } }).maxParts).toBe(500);
  });

  it('take conditional writes from the environment, as the doctor advises', async () => {
    const env = {
      S3_BUCKET: 'bucket',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret',
      S3_ENDPOINT: 'http://a',
    };
    const complete = (more: object) => conditionOf((fetch) => s3FromEnv({ ...env, ...more }, { fetch }));
    expect(await complete({})).toBeUndefined();
    expect(await complete({ S3_CONDITIONAL_WRITES: 'put,complete' })).toBe('*');
    expect(await complete({ S3_CONDITIONAL_WRITES: 'put' })).toBeUndefined();
    expect(await complete({ S3_PROFILE: 'ceph-20', S3_CONDITIONAL_WRITES: 'none' })).toBeUndefined();
  });
});

describe('objects that the server itself works with', () => {
  const hashOf = (body: Uint8Array<ArrayBuffer>) => createHash('sha256').update(body).digest('hex');
  async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
    const found: T[] = [];
    for await (const each of list) found.push(each);
    return found;
  }
  const put = (key: string, body: Uint8Array<ArrayBuffer>, sha256 = hashOf(body)) =>
    storage().putObject({ key, body, sha256, headers: { 'content-type': 'image/webp', 'x-amz-meta-a': 'b' } });

  it('are stored whole with what is kept with them, and only as the bytes that were meant', async () => {
    await put('made/a', bytesOf(1000));
    const seen = await storage().headObject('made/a');
    expect([seen?.size, seen?.headers['content-type'], seen?.headers['x-amz-meta-a']]).toEqual([
      1000,
      'image/webp',
      'b',
    ]);
    expect(await put('made/b', bytesOf(1000), hashOf(bytesOf(999))).catch(() => 'refused')).toBe('refused');
    expect(await storage().headObject('made/b')).toBeUndefined();
  });

  it('are listed with keys as they are, and with the ETag that the store gives elsewhere', async () => {
    const keys = Array.from({ length: 5 }, (_, i) => `list/${i} ü+&.txt`);
    for (const key of keys) await put(key, bytesOf(1));
    const listed = await all(storage().listObjects('list/'));
    expect(listed.map(({ key }) => key)).toEqual(keys);
    const [first] = listed;
    expect(first?.etag).toBe((await storage().headObject(keys[0] ?? ''))?.etag);
    expect(Math.abs((first?.storedAt ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('are listed page by page, and a list without an end is an error', async () => {
    const page = (key: string, next: string) =>
      new Response(
        `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated><NextContinuationToken>${next}</NextContinuationToken><Contents><Key>${key}</Key><Size>1</Size><ETag>"a"</ETag><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>`,
      );
    const paged = (second: string) =>
      s3({
        bucket: 'b',
        credentials,
        fetch: async (url) => (String(url).includes('continuation-token=t1') ? page('b', second) : page('a', 't1')),
      }).listObjects('');
    expect((await all(paged(''))).map(({ key }) => key)).toEqual(['a', 'b']);
    expect(await reasonOf(all(paged('t1')))).toBe('unavailable');
    expect(await reasonOf(all(answering('<html>').listObjects('')))).toBe('unavailable');
  });

  it('are read by an address with a signature, which stays the same for half of its life', async () => {
    let now = Date.now();
    const own = { endpoint: store.endpoint, bucket: 'bucket', credentials: store.credentials[0], clock: () => now };
    await put('made/c d', bytesOf(10));
    const signed = () => s3({ ...own, region: store.region }).signGet({ key: 'made/c d', lifetime: 3600 });
    expect((await fetch(await signed())).status).toBe(200);
    now -= now % 1_800_000;
    const url = await signed();
    now += 1_799_000;
    expect(await signed()).toBe(url);
    now += 1_000;
    expect(await signed()).not.toBe(url);
  });
});
