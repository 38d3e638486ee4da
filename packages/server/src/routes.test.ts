import { createMockS3 } from '@portage/mock-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { BUCKET, bytesOf, file, type Harness, MiB, SECRET, sendAll, startServer } from '../test/harness.ts';
import { createUploads, type IncomingFile, RefusedError, s3, UploadsError } from './index.ts';

let server: Harness | undefined;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

const storage = s3({ bucket: 'b', credentials: { accessKeyId: 'a', secretAccessKey: 's' } });

describe('authorize', () => {
  const routes = {
    files: {
      authorize(request: Request) {
        const userId = request.headers.get('authorization');
        if (userId === 'blocked') throw new RefusedError('You have used up your plan.', 'Ask for more.');
        return userId === null ? null : { userId };
      },
    },
    other: {},
  };
  const as = (user: string) => ({ authorization: user });
  const createAs = async (user: string) => {
    const answer = await server?.post<{ files: { token: string }[] }>(
      '/files/create',
      { files: [file('a', 1)] },
      as(user),
    );
    return answer?.body.files[0]?.token ?? '';
  };

  it('refuses with 401, in words of its own where it has some', async () => {
    server = await startServer({ routes });
    const nobody = await server.post('/files/create', { files: [file('a', 1)] });
    expect([nobody.status, nobody.body.error.code]).toEqual([401, 'unauthorized']);
    const blocked = await server.post('/files/create', { files: [file('a', 1)] }, as('blocked'));
    expect(blocked.body.error).toEqual({
      code: 'unauthorized',
      message: 'You have used up your plan.',
      hint: 'Ask for more.',
    });
  });

  it('binds a token to its user and its route', async () => {
    server = await startServer({ routes });
    const token = await createAs('ann');
    const sign = (route: string, user: string) => server?.post(`/${route}/sign`, { token, parts: [1] }, as(user));
    expect(await sign('files', 'ann')).toMatchObject({ status: 200 });
    for (const [route, user] of [
      ['files', 'bob'],
      ['other', 'ann'],
    ] as const)
      expect(await sign(route, user)).toMatchObject({ status: 403, body: { error: { code: 'invalid-token' } } });
  });

  it('is asked on every operation', async () => {
    server = await startServer({ routes });
    const token = await createAs('ann');
    for (const operation of ['create', 'sign', 'parts', 'complete', 'abort'])
      expect((await server.post(`/files/${operation}`, { token, parts: [1] })).status).toBe(401);
  });
});

describe('limits', () => {
  const refusal = async (intent: object) => {
    const answer = await server?.post<{ files: { error: { code: string; message: string; hint: string } }[] }>(
      '/files/create',
      { files: [intent] },
    );
    expect(answer?.status).toBe(200);
    return answer?.body.files[0]?.error;
  };

  it('refuse a file that is too large, too small, or of another type, with words', async () => {
    const routes = { files: { maxSize: 1024 ** 3, minSize: 10, accept: ['image/*', '.CSV', 'application/pdf'] } };
    server = await startServer({ routes });
    expect(await refusal(file('a.csv', 50e9))).toEqual({
      code: 'too-large',
      message: 'The file is 47 GiB; the limit is 1 GiB.',
      hint: 'Choose a smaller file.',
    });
    expect((await refusal(file('a.csv', 9)))?.code).toBe('too-small');
    expect(await refusal(file('a.exe', 10))).toMatchObject({
      code: 'type-refused',
      hint: 'Choose a file of one of these types: pictures, .CSV, PDF.',
    });
    for (const good of [
      file('A.Csv', 10),
      file('x', 10, { type: 'Image/PNG' }),
      file('x', 10, { type: 'application/pdf' }),
    ])
      expect(await refusal(good)).toBeUndefined();
    expect((await refusal(file('a.csv', Number.MAX_SAFE_INTEGER)))?.code).toBe('too-large');
  });

  it('refuse one file without the others', async () => {
    server = await startServer({ routes: { files: { maxSize: 5 } } });
    const { body } = await server.post<{ files: object[] }>('/files/create', { files: [file('a', 6), file('b', 5)] });
    expect(body.files).toMatchObject([{ error: { code: 'too-large' } }, { kind: 'multipart' }]);
  });

  it('refuse too many files at once', async () => {
    server = await startServer({ routes: { files: { maxFiles: 1 } } });
    const { status, body } = await server.post('/files/create', { files: [file('a', 1), file('b', 1)] });
    expect([status, body.error.code]).toEqual([413, 'too-many-files']);
  });
});

describe('hooks', () => {
  it('name the object, keep metadata with it, and hear when it is stored', async () => {
    const heard: unknown[] = [];
    server = await startServer({
      random: (bytes) => bytes.fill(0xab),
      routes: {
        files: {
          prefix: 'team/',
          authorize: () => ({ userId: 'ann' }),
          key: (incoming: IncomingFile) => `${incoming.meta['album']}/${incoming.name}`,
          metadata: (incoming: IncomingFile) => ({ Album: incoming.meta['album'] ?? '', 'sum-100': ' 50 % é ' }),
          onComplete: (stored, context) => void heard.push(stored, context),
        },
      },
    });
    const created = await server.create(file('Ä b.txt', 3, { meta: { album: 'summer' } }));
    expect(created.key).toBe('team/ann/summer/A-b.txt');
    expect((await server.complete(created.token, await sendAll(created, bytesOf(3)))).status).toBe(200);
    expect(server.store.objects(BUCKET)[0]?.headers).toMatchObject({
      'x-amz-meta-album': 'summer',
      'x-amz-meta-sum-100': '%2050%20%25%20%C3%A9%20',
      'x-amz-meta-portage-name': '%C3%84%20b.txt',
    });
    expect(heard).toEqual([
      {
        id: 'ab'.repeat(16),
        key: created.key,
        displayName: 'Ä b.txt',
        size: 3,
        type: 'text/plain',
        etag: expect.any(String),
        location: `${server.store.endpoint}/${BUCKET}/${created.key}`,
        meta: { album: 'summer' },
      },
      { userId: 'ann' },
    ]);
  });

  it('are told the same fields when the file is stored as before it was sent, and those without fields of none', async () => {
    const heard: unknown[] = [];
    const hear = ({ meta }: { meta: object }) => void heard.push(meta);
    server = await startServer({ routes: { files: { onCreate: hear, scan: hear, onComplete: hear } } });
    const meta = { album: 'été', caption: '"\\"', __proto__x: '1' };
    for (const more of [{ meta }, {}]) {
      const created = await server.create(file('a.txt', 3, more));
      await server.complete(created.token, await sendAll(created, bytesOf(3)));
    }
    expect(heard).toEqual([meta, meta, meta, {}, {}, {}]);
  });

  it('are told of 2,048 bytes of fields at most: more would not fit into a token', async () => {
    server = await startServer({ routes: { files: { onComplete: () => {} }, bare: {} } });
    // Seven bytes around it: {"a":""}, and one of two bytes.
    const fitting = file('n'.repeat(200), 1, { meta: { a: `${'a'.repeat(2038)}é` } });
    const { token } = await server.create(fitting);
    expect(token.length).toBeLessThan(8192);
    const larger = file('a', 1, { meta: { a: `${'a'.repeat(2039)}é` } });
    const { body } = await server.post('/files/create', { files: [larger] });
    expect(body).toMatchObject({ files: [{ error: { code: 'bad-request', hint: expect.stringContaining('fewer') } }] });
    expect(await server.create(larger, 'bare')).toHaveProperty('token');
  });

  it('may refuse with an error that the browser is told', async () => {
    const error = { code: 'too-large', message: 'Your plan holds 1 GB.', hint: 'Remove some files first.' } as const;
    server = await startServer({
      routes: {
        files: {
          key: () => {
            throw new UploadsError(error);
          },
        },
      },
    });
    const { status, body } = await server.post('/files/create', { files: [file('a', 1)] });
    expect([status, body]).toEqual([200, { files: [{ error }] }]);
  });

  it('may fail: the server logs it, and the browser is told nothing of it', async () => {
    server = await startServer({
      routes: {
        files: {
          onComplete: () => {
            throw new Error('the database password is hunter2');
          },
        },
      },
    });
    const created = await server.create(file('a', 0));
    const { status, body } = await server.complete(created.token, await sendAll(created, bytesOf(0)));
    expect([status, body.error.code]).toEqual([500, 'internal']);
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(server.errors).toMatchObject([{ message: 'the database password is hunter2' }]);
  });

  it.each(['/a', '', 'a/../b', './a', 'a\\b', 'a\u0000', 'ü'.repeat(513), '\ud800'])(
    'may not give the key %j',
    async (key) => {
      server = await startServer({ routes: { files: { prefix: '', key: () => key } } });
      const { body } = await server.post('/files/create', { files: [file('a', 1)] });
      expect(body).toMatchObject({ files: [{ error: { code: 'name-refused' } }] });
    },
  );
});

it('each route has its own bucket, if it names one', async () => {
  await using store = await createMockS3({ buckets: ['photos', 'films'] });
  const storageOf = (bucket: string) =>
    s3({ endpoint: store.endpoint, bucket, credentials: store.credentials[0], profile: 'mock' });
  server = await startServer({
    storage: storageOf('photos'),
    routes: { photos: {}, films: { storage: storageOf('films') } },
  });
  const photo = await server.create(file('a.jpg', 7), 'photos');
  const whole = await sendAll(photo, bytesOf(7));
  const film = await server.create(file('b.mov', 6 * MiB, { partSize: 5 * MiB }), 'films');
  const parts = await sendAll(film, bytesOf(6 * MiB));
  const complete = (route: string, token: string, parts: object[] = []) =>
    server?.post(`/${route}/complete`, { token, parts });
  expect(await complete('films', photo.token, whole)).toMatchObject({ status: 403 });
  expect(await complete('photos', film.token, parts)).toMatchObject({ status: 403 });
  expect(await complete('photos', photo.token, whole)).toMatchObject({ status: 200, body: { size: 7 } });
  expect(await complete('films', film.token, parts)).toMatchObject({ status: 200, body: { size: 6 * MiB } });
  expect(store.objects('photos').map(({ key }) => key)).toEqual([photo.key]);
  expect(store.objects('films').map(({ key }) => key)).toEqual([film.key]);
});

describe('options that cannot work are refused at once', () => {
  const create = (more: object) => () => createUploads({ storage, routes: {}, secret: SECRET, ...more });
  it.each([
    ['a short secret', { secret: 'short' }],
    ['a secret in a list that is short', { secret: [SECRET, ''] }],
    ['a route name that is no path segment', { routes: { 'a/b': { anonymous: true } } }],
    ['a route name that is taken', { routes: { healthz: { anonymous: true } } }],
    ['signatures that live for an hour', { urlLifetime: 3600 }],
    ['a quarantine that is nowhere', { routes: { a: { anonymous: true, quarantine: {} } } }],
    ['a strange pattern of types', { routes: { a: { anonymous: true, accept: ['png'] } } }],
    ['a hook that may take no time', { hookTimeout: 0 }],
    ['a hook that may take longer than a timer can wait', { hookTimeout: Infinity }],
    ['uploads without an end, which no token can hold', { uploadLifetime: Infinity }],
    ['an age that is a text', { uploadLifetime: '7d' }],
    ['tokens that are over at once', { tokenLifetime: 0 }],
  ])('%s', (_title, more) => expect(create(more)).toThrow(TypeError));
});
