import { connect } from 'node:net';
import { WIRE_ERRORS } from '@portage/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, bytesOf, file, type Harness, JSON_TYPE, MiB, SECRET, sendAll, startServer } from '../test/harness.ts';
import { quickStore } from '../test/tenants.ts';
import { createUploads, s3 } from './index.ts';

let server: Harness;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const codeOf = async (path: string, body: unknown) => {
  const answer = await server.post(path, body);
  expect(answer.body.error).toEqual({
    code: expect.any(String),
    message: expect.stringMatching(/\.$/),
    hint: expect.stringMatching(/\.$/),
  });
  return [answer.status, answer.body.error.code];
};

describe('a body', () => {
  it.each([
    ['nothing', ''],
    ['not JSON', '{"files":'],
    ['JSON of another kind', 'null'],
    ['an array', '[]'],
    ['no files', '{"files":[]}'],
    ['101 files', JSON.stringify({ files: Array(101).fill(file('a', 1)) })],
    ['a negative size', { files: [file('a', -1)] }],
    ['half a byte', { files: [file('a', 1.5)] }],
    ['a size that is no number', { files: [{ ...file('a', 1), size: '1' }] }],
    ['more bytes than a number holds', `{"files":[{"name":"a","type":"","size":1e308}]}`],
    ['a name of 4,097 characters', { files: [file('a'.repeat(4097), 1)] }],
    [
      '65 fields',
      { files: [file('a', 1, { meta: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i, ''])) })] },
    ],
    ['a field whose name is long', { files: [file('a', 1, { meta: { ['n'.repeat(129)]: '' } })] }],
    ['a part size of 0', { files: [file('a', 1, { partSize: 0 })] }],
    ['deep nesting', '['.repeat(100_000)],
  ])('with %s is a bad request', async (_title, body) => {
    expect(await codeOf('/files/create', body)).toEqual([400, 'bad-request']);
  });

  it('that is not UTF-8 is a bad request', async () => {
    const response = await fetch(`${server.url}/files/create`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    });
    expect(response.status).toBe(400);
  });

  it('over the limit is refused, with its length announced or not', async () => {
    const huge = 'x'.repeat(MiB + 1);
    expect(await codeOf('/files/create', huge)).toEqual([413, 'too-large']);
    const body = new Blob([huge]).stream();
    const response = await fetch(`${server.url}/files/create`, {
      method: 'POST',
      headers: JSON_TYPE,
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  it('may name 10,000 parts', async () => {
    const parts = Array.from({ length: 10_000 }, (_, index) => ({
      partNumber: index + 1,
      etag: `"${'0'.repeat(64)}"`,
    }));
    expect(await codeOf('/files/complete', { token: 'x', parts })).toEqual([403, 'invalid-token']);
  });
});

describe('a part number', () => {
  it.each([0, 10_001, -1, 1.5, '1', null])('of %j is a bad request', async (partNumber) => {
    const { token } = await server.create(file('a', 11 * MiB, { partSize: 5 * MiB }));
    expect(await codeOf('/files/sign', { token, parts: [partNumber] })).toEqual([400, 'bad-request']);
  });

  it('that the upload does not have is refused, and nothing is signed', async () => {
    const { token } = await server.create(file('a', 11 * MiB, { partSize: 5 * MiB }));
    expect(await codeOf('/files/sign', { token, parts: [1, 4] })).toEqual([400, 'no-such-part']);
    const single = await server.create(file('a', 1));
    expect(await codeOf('/files/sign', { token: single.token, parts: [2] })).toEqual([400, 'no-such-part']);
  });

  it('may come 64 times in one call, not 65 times', async () => {
    const { token } = await server.create(file('a', 1));
    expect((await server.post('/files/sign', { token, parts: Array(64).fill(1) })).status).toBe(200);
    expect(await codeOf('/files/sign', { token, parts: Array(65).fill(1) })).toEqual([400, 'bad-request']);
  });
});

describe('a token', () => {
  it('that was changed at any place is refused', { timeout: 60_000 }, async () => {
    const { token } = await server.create(file('a', 1));
    for (let at = 0; at < token.length; at += 11) {
      for (const mask of [1, 2, 32]) {
        const changed = String.fromCharCode(token.charCodeAt(at) ^ mask);
        const tampered = token.slice(0, at) + changed + token.slice(at + 1);
        expect(await codeOf('/files/sign', { token: tampered, parts: [1] })).toEqual([403, 'invalid-token']);
      }
    }
    for (const cut of [token.slice(0, -1), token.slice(1), `${token}0`, token.toUpperCase(), '.', 'a.b', ' '])
      expect(await codeOf('/files/sign', { token: cut, parts: [1] })).toEqual([403, 'invalid-token']);
  });

  it('cannot be given another size: the MAC is over all of it', async () => {
    const { token } = await server.create(file('a', 1));
    const [payload = '', mac = ''] = token.split('.');
    const larger = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('"size":1', '"size":9')).toString(
      'base64url',
    );
    expect(larger).not.toBe(payload);
    expect(await codeOf('/files/sign', { token: `${larger}.${mac}`, parts: [1] })).toEqual([403, 'invalid-token']);
  });
});

describe('a name', () => {
  const names = [
    'with spaces  and more.txt',
    'a/b\\c.txt',
    '../../etc/passwd',
    '..',
    '.',
    '',
    ' ',
    '.env',
    'emoji 🎉👩‍👩‍👧.png',
    'n'.repeat(1000),
    `${'🙂'.repeat(1000)}.jpg`,
    'right\u202Egpj.exe',
    'nul\u0000byte.txt',
    'line\r\nx-amz-acl: public-read',
    'lone \ud83d surrogate',
    'quo"te\'d (1)*!.txt',
    'per%2Fcent%00.txt',
    '日本語の名前.pdf',
    'Ångström café.doc',
    '#?&=+;:@$,',
    'con',
    '__proto__',
    '-rf',
    'a.b.c.tar.gz',
  ];

  it.each(names.map((name) => [name]))('of %j just works, and makes a safe key', async (name) => {
    const created = await server.create(file(name, 3));
    expect(created.key).toMatch(/^files\/[0-9a-f]{32}\/[A-Za-z0-9_](?:[\w-]|\.(?!\.)){0,99}$/);
    expect((await server.complete(created.token, await sendAll(created, bytesOf(3)))).status).toBe(200);

    const headers = server.store.objects(BUCKET).find(({ key }) => key === created.key)?.headers ?? {};
    expect(Object.keys(headers)).not.toContain('x-amz-acl');
    const kept = decodeURIComponent(headers['x-amz-meta-portage-name'] ?? '');
    expect(kept).not.toBe('');
    expect(kept).not.toMatch(/[\p{Cc}\p{Bidi_Control}/\\]/u);
    expect(headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${headers['x-amz-meta-portage-name']}`);
  });

  it('of 1,000 ASCII characters is kept as it is; one of 1,000 emoji is cut, with its extension', async () => {
    const keptOf = async (name: string) => {
      const created = await server.create(file(name, 1));
      await server.complete(created.token, await sendAll(created, bytesOf(1)));
      const headers = server.store.objects(BUCKET).find(({ key }) => key === created.key)?.headers ?? {};
      return decodeURIComponent(headers['x-amz-meta-portage-name'] ?? '');
    };
    expect(await keptOf('n'.repeat(1000))).toBe('n'.repeat(1000));
    expect(await keptOf(`${'🙂'.repeat(1000)}.jpg`)).toBe(`${'🙂'.repeat(85)}.jpg`);
  });

  it('goes with the parts as well', async () => {
    const created = await server.create(file('日本 语/🎉.mov', 11 * MiB, { partSize: 5 * MiB, type: 'evil\r\nx: y' }));
    expect(created.kind).toBe('multipart');
  });
});

describe('a path or a method', () => {
  it.each([
    '/',
    '/files',
    '/files/',
    '/files/create/more',
    '/files/status',
    '/nope/create',
    '/__proto__/create',
    '/constructor/create',
    '/files/toString',
    '/files/%63reate',
    '//files/create',
  ])('of %s is not found', async (path) => {
    const response = await fetch(server.url + path, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not-found' } });
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is not allowed, and the response says what is', async (method) => {
    const response = await fetch(`${server.url}/files/create`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  it.each(['TRACE / HTTP/1.1', 'GET http://[/ HTTP/1.1', 'POST * HTTP/1.1', 'OPTIONS * HTTP/1.1'])(
    'that no Request can have is a 400: %s',
    async (line) => {
      const { port } = new URL(server.url);
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () =>
          socket.end(`${line}\r\nHost: a b\r\nConnection: close\r\n\r\n`),
        );
        let text = '';
        socket.on('data', (data) => (text += data)).on('close', () => resolve(text));
      });
      expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
    },
  );
});

describe('any request at all', { timeout: 60_000 }, () => {
  const uploads = createUploads({
    storage: s3({
      bucket: BUCKET,
      endpoint: 'http://store.example',
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
      fetch: quickStore,
    }),
    routes: { files: { anonymous: true, maxSize: 10 }, photos: { anonymous: true, accept: ['image/*'] } },
    secret: SECRET,
    onError: () => undefined,
  });
  const ask = async (path: string, body: string) => {
    const response = await uploads(new Request(`http://x${path}`, { method: 'POST', headers: JSON_TYPE, body }));
    const text = await response.text();
    return { status: response.status, text, json: JSON.parse(text) };
  };
  const path = fc.constantFrom(
    ...['create', 'sign', 'parts', 'complete', 'abort', 'status', ''].map((operation) => `/files/${operation}`),
  );

  it('with a random body gets a 4xx with a code and words, and never a signature', async () => {
    const wild = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ files: fc.array(fc.anything()) }).map((body) => JSON.stringify(body)),
      fc
        .record({ token: fc.string(), parts: fc.array(fc.oneof(fc.integer(), fc.anything())) })
        .map((body) => JSON.stringify(body)),
    );
    await fc.assert(
      fc.asyncProperty(path, wild, async (where, body) => {
        const { status, text, json } = await ask(where, body);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        expect(Object.keys(WIRE_ERRORS)).toContain(json.error.code);
        expect(json.error.message).toMatch(/\.$/);
        expect(text).not.toMatch(/X-Amz|Signature/i);
      }),
      { numRuns: 300 },
    );
  });

  it('with a well-formed intent gets a signature for exactly that size, under its route, or a refusal', async () => {
    const intent = fc.record(
      {
        name: fc.string({ unit: 'binary' }),
        size: fc.nat(20),
        type: fc.string(),
        meta: fc.dictionary(fc.string(), fc.string()),
      },
      { requiredKeys: ['name', 'size', 'type'] },
    );
    await fc.assert(
      fc.asyncProperty(intent, async (file) => {
        const { status, json } = await ask('/files/create', JSON.stringify({ files: [file] }));
        expect(status).toBe(200);
        const [answer] = json.files;
        if (file.size > 10) {
          expect(answer.error.code).toBe('too-large');
          return;
        }
        const [{ request }] = answer.requests;
        const { pathname, searchParams } = new URL(request.url);
        expect(pathname).toBe(`/${BUCKET}/${answer.key}`);
        expect(pathname).toMatch(/^\/test-bucket\/files\/[0-9a-f]{32}\/[\w.-]+$/);
        expect(searchParams.get('X-Amz-SignedHeaders')).toContain('content-length');
        expect(() => new Headers(request.headers)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('with a mutated token gets no signature', async () => {
    const { json } = await ask('/files/create', JSON.stringify({ files: [file('a', 1)] }));
    const token: string = json.files[0].token;
    const mutation = fc.record({ at: fc.nat(token.length - 1), length: fc.nat(3), put: fc.string({ maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(
        mutation,
        fc.constantFrom('sign', 'parts', 'complete', 'abort'),
        async ({ at, length, put }, operation) => {
          const mutated = token.slice(0, at) + put + token.slice(at + length);
          fc.pre(mutated !== token);
          const { status, text } = await ask(`/files/${operation}`, JSON.stringify({ token: mutated, parts: [1] }));
          expect([400, 403]).toContain(status);
          expect(text).not.toMatch(/X-Amz/);
        },
      ),
      { numRuns: 200 },
    );
  });
});
