// The rules for calls, one test for each. Those for files are in policies.test.ts.
// https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html
import { createMockS3 } from '@portage/mock-s3';
import type { SignResponse } from '@portage/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import {
  as,
  BUCKET,
  byHeader,
  bytesOf,
  file,
  type Harness,
  JSON_TYPE,
  MiB,
  SECRET,
  sendAll,
  startServer,
} from '../test/harness.ts';
import { createUploads, s3, type UploadEvent } from './index.ts';

let server: Harness;
afterEach(() => server?.[Symbol.asyncDispose]());

describe('signatures', () => {
  it('live for 15 minutes at most', async () => {
    server = await startServer();
    const single = await server.create(file('a', 1));
    const multipart = await server.create(file('a', 11 * MiB, { partSize: 5 * MiB }));
    const signed = [...single.requests, ...multipart.requests].map(({ request }) => request);
    expect(signed).toHaveLength(4);
    for (const { url, expiresIn } of signed) {
      expect(Number(new URL(url).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(900);
      expect(expiresIn).toBeLessThanOrEqual(900_000);
    }
    const storage = s3({ bucket: 'b', credentials: { accessKeyId: 'a', secretAccessKey: 's' } });
    expect(() => createUploads({ storage, secret: SECRET, routes: {}, urlLifetime: 901 })).toThrow(TypeError);
  });
});

describe('a token', () => {
  it('cannot be used for another route, user, key, size or part', async () => {
    const routes = { files: { authorize: byHeader }, other: { authorize: byHeader } };
    server = await startServer({ routes });
    const made = await server.create(file('a', 11 * MiB, { partSize: 5 * MiB }), 'files', as('ann'));
    const ask = async (token: string, part = 1, route = 'files', user = 'ann') => {
      const { status, body } = await server.post<SignResponse>(`/${route}/sign`, { token, parts: [part] }, as(user));
      return status === 200 ? body.requests.map(({ request }) => new URL(request.url).pathname) : body.error.code;
    };
    expect(await ask(made.token)).toEqual([`/${BUCKET}/${made.key}`]);
    expect(await ask(made.token, 1, 'other')).toBe('invalid-token');
    expect(await ask(made.token, 1, 'files', 'bob')).toBe('invalid-token');
    expect(await ask(made.token, 4)).toBe('no-such-part');
    const [payload = '', mac = ''] = made.token.split('.');
    for (const [from, to] of [
      ['"key":"files/ann/', '"key":"files/bob/'],
      ['"size":11534336', '"size":91534336'],
      ['"partSize":5242880', '"partSize":9242880'],
      ['"userId":"ann"', '"userId":"bob"'],
      ['"route":"files"', '"route":"other"'],
    ] as const) {
      const changed = Buffer.from(payload, 'base64url').toString().replace(from, to);
      expect(changed).toContain(to);
      expect(await ask(`${Buffer.from(changed).toString('base64url')}.${mac}`)).toBe('invalid-token');
    }
  });

  it('outlives a change of the secret: the old one opens as long as it is listed', async () => {
    const [old, fresh] = [`${SECRET} of yesterday`, `${SECRET} of today`];
    await using store = await createMockS3({ buckets: [BUCKET] });
    const storage = s3({ endpoint: store.endpoint, bucket: BUCKET, credentials: store.credentials[0] });
    server = await startServer({ storage, secret: old });
    const { token } = await server.create(file('a', 1));
    const statusWith = async (secret: string | string[]) => {
      await server[Symbol.asyncDispose]();
      server = await startServer({ storage, secret });
      return (await server.post('/files/sign', { token, parts: [1] })).status;
    };
    expect(await statusWith([fresh, old])).toBe(200);
    expect(await statusWith(fresh)).toBe(403);
  });
});

describe('calls', () => {
  const call = (headers: Record<string, string>) => server.post('/files/create', { files: [file('a', 1)] }, headers);

  it('of pages of other origins are refused, and cannot use the cookies of their visitors', async () => {
    const seen: (string | null)[] = [];
    const authorize = (request: Request) => {
      seen.push(request.headers.get('cookie'));
      return { userId: 'ann' };
    };
    server = await startServer({ routes: { files: { authorize } } });
    const evil = { origin: 'https://evil.example', cookie: 'session=ann' };
    expect(await call(evil)).toMatchObject({ status: 403, body: { error: { code: 'origin-refused' } } });
    expect(await call({ 'sec-fetch-site': 'cross-site', cookie: 'session=ann' })).toMatchObject({ status: 403 });
    expect(seen).toEqual([]);
    await server[Symbol.asyncDispose]();

    server = await startServer({ routes: { files: { authorize } }, origins: '*' });
    expect((await call(evil)).status).toBe(200);
    expect((await call({ ...evil, origin: server.url })).status).toBe(200);
    expect(seen).toEqual([null, 'session=ann']);
  });

  it('have bodies of bounded length', async () => {
    server = await startServer();
    for (const operation of ['create', 'sign', 'parts', 'complete', 'abort']) {
      const { status, body } = await server.post(`/files/${operation}`, 'x'.repeat(2 * MiB + 1));
      expect([status, body.error.code]).toEqual([413, 'too-large']);
    }
  });

  it('are limited in rate by a hook that knows who calls', async () => {
    const asked: unknown[] = [];
    server = await startServer({
      routes: { files: { authorize: byHeader } },
      rateLimit: ({ route, operation, userId }) => {
        asked.push([route, operation, userId]);
        return userId === 'eve' ? { retryAfter: 1.5 } : undefined;
      },
    });
    expect((await call(as('ann'))).status).toBe(200);
    const refused = await call(as('eve'));
    expect([refused.status, refused.body.error.code]).toEqual([429, 'rate-limited']);
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(asked).toEqual([
      ['files', 'create', 'ann'],
      ['files', 'create', 'eve'],
    ]);
  });

  it('are limited in bytes by a quota, shared by the files of a call', async () => {
    server = await startServer({ routes: { files: { authorize: byHeader, quota: () => 10 } } });
    const { body } = await server.post<{ files: { error?: { code: string } }[] }>(
      '/files/create',
      { files: [file('a', 6), file('b', 5), file('c', 4)] },
      as('ann'),
    );
    expect(body.files.map(({ error }) => error?.code)).toEqual([undefined, 'quota-exceeded', undefined]);
  });

  it('leave a trail: who did what, and what was refused', async () => {
    const events: UploadEvent[] = [];
    server = await startServer({
      routes: { files: { authorize: byHeader, maxSize: 5 } },
      observe: [(event) => events.push(event)],
    });
    const made = await server.create(file('a', 3), 'files', as('ann'));
    const parts = await sendAll(made, bytesOf(3));
    await server.post('/files/complete', { token: made.token, parts }, as('ann'));
    await server.post('/files/abort', { token: made.token }, as('ann'));
    await server.post('/files/create', { files: [file('a', 9), file('b', 1)] }, as('ann'));
    await server.post('/files/sign', { token: made.token, parts: [1] }, as('bob'));
    await server.post('/files/create', { files: [] });
    const trail = events.filter(({ event }) => event !== 'call');
    const whose = { route: 'files', userId: 'ann', id: made.id, key: made.key, displayName: 'a', size: 3 };
    const at = expect.any(Number);
    expect(trail).toMatchObject([
      { event: 'created', at, parts: 1, ...whose },
      { event: 'completed', at, duration: expect.any(Number), ...whose },
      { event: 'aborted', at, ...whose },
      { event: 'created', at, displayName: 'b' },
      { event: 'refused', at, operation: 'create', userId: 'ann', code: 'too-large' },
      { event: 'refused', operation: 'sign', userId: 'bob', code: 'invalid-token' },
      { event: 'refused', operation: 'create', userId: undefined, code: 'unauthorized' },
    ]);
    expect(events.filter(({ event }) => event === 'call')).toHaveLength(6);
  });
});

it('errors leak neither keys, secrets, stack traces nor names of buckets', async () => {
  const leak =
    /test-bucket|AKIA|secret|hunter2|node_modules|\.ts\b|at .*\(|127\.0\.0\.1|NoSuchBucket|SignatureDoesNotMatch/;
  const endpoint = 'http://127.0.0.1:9';
  const storages = (store: Harness['store']) => [
    s3({ endpoint, bucket: BUCKET, credentials: { accessKeyId: 'AKIA', secretAccessKey: 'hunter2' } }),
    s3({ endpoint: store.endpoint, bucket: BUCKET, credentials: { accessKeyId: 'AKIA', secretAccessKey: 'hunter2' } }),
    s3({ endpoint: store.endpoint, bucket: 'absent', credentials: store.credentials[0] }),
    s3({ endpoint, bucket: BUCKET, credentials: () => Promise.reject(new Error('hunter2')) }),
  ];
  server = await startServer();
  const big = file('a', 6 * MiB, { partSize: 5 * MiB });
  for (const storage of storages(server.store)) {
    const heard: unknown[] = [];
    const routes = { files: { anonymous: true } } as const;
    const uploads = createUploads({ storage, secret: SECRET, routes, onError: (e) => heard.push(e) });
    const response = await uploads(
      new Request('http://x/files/create', {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ files: [big] }),
      }),
    );
    const text = await response.text();
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(text).not.toMatch(leak);
    expect(JSON.parse(text).error.hint).toMatch(/\.$/);
    expect(heard).toHaveLength(1);
  }
});
