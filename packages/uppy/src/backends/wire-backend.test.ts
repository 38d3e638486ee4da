import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Intent } from '@portage/engine';
import type { FileIntent } from '@portage/protocol';
import { afterEach, expect, it, vi } from 'vitest';
import { nextTask } from '../next-task.ts';
import type { PacksOffer } from '../packs/packs-types.ts';
import { createWireBackend, type WireBackendOptions } from './wire-backend.ts';

type Answer = { status: number; body: object };

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.restoreAllMocks();
});

/** An upload server that answers create calls as told; real sockets. */
async function serve(
  answer: (files: readonly FileIntent[]) => Answer,
  headers?: () => HeadersInit,
  offer: (offer: PacksOffer) => unknown = () => undefined,
  pays = () => false,
) {
  const calls: string[][] = [];
  const paths: string[] = [];
  const server = createServer(async (request, response) => {
    const { files = [] } = JSON.parse(await textOf(request)) as { files?: FileIntent[] };
    paths.push(request.url ?? '');
    calls.push(files.map(({ name }) => name));
    const { status, body } = answer(files);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const { port } = server.address() as AddressInfo;
  const options: WireBackendOptions = { endpoint: `http://127.0.0.1:${port}`, headers };
  const backend = createWireBackend(options, undefined, undefined, undefined, { offer, pays });
  const create = (name: string, partSize?: number) =>
    backend.create(intent(name, partSize), new AbortController().signal);
  return { backend, options, calls, paths, create };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const bytes of request.setEncoding('utf8')) text += bytes;
  return text;
}

const intent = (name: string, partSize: number | undefined): Intent => ({
  ...{ id: name, name, size: 10, type: '', meta: {}, partSize },
});

const created = ({ name, partSize = 10 }: FileIntent) => {
  const upload = { id: name, token: `token of ${name}`, key: name, expiresIn: 900_000 };
  return { kind: 'multipart', ...upload, partSize, requests: [] };
};
const error = (code: string) => ({ error: { code, message: 'No.', hint: 'Stop.' } });
const all = (files: readonly FileIntent[]): Answer => ({ status: 200, body: { files: files.map(created) } });

it('creates the small files of a moment by one call, and each gets its own upload', async () => {
  const { calls, create } = await serve(all);
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => create(name)));
  expect(answers).toMatchObject(
    ['a', 'b', 'c'].map((key) => ({ ok: true, value: { session: { key, token: `token of ${key}` } } })),
  );
  expect(calls).toEqual([['a', 'b', 'c']]);
});

it('hands on that the store is said to speak HTTP/2', async () => {
  const request = { method: 'PUT', url: 'https://store.example/a', headers: {}, expiresIn: 1_000 };
  const { create } = await serve(([file]) => ({
    status: 200,
    body: { files: [{ ...created(file as FileIntent), requests: [{ partNumber: 1, request }] }], http2: true },
  }));
  expect(await create('a')).toMatchObject({ value: { requests: [{ request: { http2: true } }] } });
});

it('says of small files that they may travel together, where the server offers it, and not of others', async () => {
  const request = { method: 'PUT', url: 'https://store.example/a', headers: {}, expiresIn: 1_000 };
  const offers: unknown[] = [];
  const { backend, calls } = await serve(
    (files) => ({
      status: 200,
      body: {
        files: files.map((file) => ({
          ...created(file),
          partSize: 5 * 1024 * 1024,
          requests: [{ partNumber: 1, request }],
        })),
        packs: { least: 7 },
      },
    }),
    undefined,
    (offer) => offers.push(offer),
  );
  const packOf = async (size: number) => {
    const outcome = await backend.create({ ...intent('a', undefined), size }, new AbortController().signal);
    return outcome.ok && outcome.value.requests[0]?.request.pack;
  };
  expect(await packOf(1)).toBe('token of a');
  expect(await packOf(1024 * 1024)).toBe('token of a');
  expect(await packOf(1024 * 1024 + 1)).toBeUndefined();
  expect(await packOf(0)).toBeUndefined();
  expect(offers[0]).toMatchObject({ least: 7 });
  expect(calls).toHaveLength(4);
});

it.each([
  ['waits with eight small files for the code that packs them', 8],
  ['keeps seven small files waiting for no code', 7],
] as const)('%s', async (_, count) => {
  let arrive = (_: unknown) => {};
  const code = new Promise((resolve) => {
    arrive = resolve;
  });
  const answer = (files: readonly FileIntent[]) => ({
    status: 200,
    body: { files: files.map(created), packs: { least: 0 } },
  });
  let offered = () => {};
  const hears = new Promise<void>((resolve) => {
    offered = resolve;
  });
  const { create } = await serve(answer, undefined, () => {
    offered();
    return code;
  });
  let opened = 0;
  const all = Array.from({ length: count }, async (_, index) => {
    await create(String(index));
    opened += 1;
  });
  await hears;
  await nextTask();
  expect(opened).toBe(count < 8 ? count : 0);
  arrive(undefined);
  await Promise.all(all);
});

it('has files packed where they were begun, though the address is another one by now', async () => {
  const offers: PacksOffer[] = [];
  const answer = (files: readonly FileIntent[]) => ({
    status: 200,
    body: { files: files.map(created), packs: { least: 0 } },
  });
  const { options, paths, create } = await serve(answer, undefined, (offer) => offers.push(offer));
  await create('a');
  options.route = 'others';
  await create('b');
  const isObject = (response: unknown): response is object => typeof response === 'object';
  for (const { base, call } of offers) await call(base, 'pack', {}, isObject, new AbortController().signal);
  expect(paths).toEqual(['/files/create', '/others/create', '/files/pack', '/others/pack']);
  // A pack of both would be refused by either.
  const [first, second] = offers;
  expect(['a', 'b'].map((name) => first?.baseOf(`token of ${name}`))).toEqual([first?.base, second?.base]);
  expect(first?.base).not.toBe(second?.base);
});

it.each([true, false, undefined])('says whether the size of parts is a guess: %s', async (adaptPartSize) => {
  let asked: FileIntent | undefined;
  const { backend } = await serve((files) => {
    [asked] = files;
    return all(files);
  });
  await backend.create({ ...intent('a', 5), adaptPartSize } as Intent, new AbortController().signal);
  expect(asked).toMatchObject({ partSize: 5 });
  expect(asked?.adaptPartSize).toBe(adaptPartSize);
});

it('names at most 50 in one call', async () => {
  const { calls, create } = await serve(all);
  await Promise.all(Array.from({ length: 120 }, (_, index) => create(`${index}`)));
  expect(calls.map((names) => names.length).sort()).toEqual([20, 50, 50]);
});

it.each([
  [true, 2],
  [false, 8],
])(
  'where files travel in packs is %s, makes %i such calls at once: more would hold up those about packs',
  async (pays, most) => {
    const { create } = await serve(all, undefined, undefined, () => pays);
    const open = { now: 0, most: 0 };
    const send = fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((...asked) => {
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      return send(...asked).finally(() => {
        open.now -= 1;
      });
    });
    await Promise.all(Array.from({ length: 400 }, (_, index) => create(`${index}`)));
    expect(open.most).toBe(most);
  },
);

it('creates a file in parts by a call of its own', async () => {
  const { calls, create } = await serve(all);
  await Promise.all([create('a'), create('film', 5), create('b')]);
  expect(calls.toSorted()).toEqual([['a', 'b'], ['film']]);
});

it('refuses one file and not its neighbours', async () => {
  const { create } = await serve((files) => ({
    status: 200,
    body: { files: files.map((file) => (file.name === 'b' ? error('type-refused') : created(file))) },
  }));
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => create(name)));
  expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
  expect(answers[1]).toMatchObject({ failure: { kind: 'server', status: 422, code: 'type-refused' } });
});

it("takes the server's own failure for one that passes, also where it is of one file", async () => {
  const { create } = await serve((files) => ({
    status: 200,
    body: { files: files.map((file) => (file.name === 'b' ? error('internal') : created(file))) },
  }));
  const [, broken] = await Promise.all(['a', 'b'].map((name) => create(name)));
  expect(broken).toMatchObject({ failure: { status: 500, code: 'internal' } });
});

it('finds the file for which a whole call is refused', async () => {
  const { create } = await serve((files) =>
    files.some(({ name }) => name === 'b') ? { status: 400, body: error('bad-request') } : all(files),
  );
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => create(name)));
  expect(answers.map(({ ok }) => ok)).toEqual([true, false, true, true]);
});

it('learns how many files a route takes in one call', async () => {
  const { calls, create } = await serve((files) =>
    files.length > 2 ? { status: 413, body: error('too-many-files') } : all(files),
  );
  const names = ['a', 'b', 'c', 'd'];
  const answers = await Promise.all([...names.map((name) => create(name))]);
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  expect(calls.length).toBe(3);
  await Promise.all(names.map((name) => create(name)));
  expect(calls.length).toBe(5);
});

it('asks once, where all were refused for another reason', async () => {
  const { calls, create } = await serve(() => ({ status: 401, body: error('unauthorized') }));
  const answers = await Promise.all(['a', 'b'].map((name) => create(name)));
  expect(answers).toMatchObject([{ failure: { status: 401 } }, { failure: { status: 401 } }]);
  expect(calls).toHaveLength(1);
});

it('asks for fresh headers where the session has ended, and calls once more', async () => {
  let asked = 0;
  let refusals = 1;
  const signedOut = { status: 401, body: error('unauthorized') };
  const { calls, create } = await serve(
    (files) => (refusals-- > 0 ? signedOut : all(files)),
    () => {
      asked += 1;
      return {};
    },
  );
  expect(await create('a', 5)).toMatchObject({ ok: true });
  expect([calls.length, asked]).toEqual([2, 2]);
  refusals = 9;
  expect(await create('a', 5)).toMatchObject({ failure: { code: 'unauthorized' } });
  expect([calls.length, asked], 'no more than once').toEqual([4, 4]);
});

it.each([401, 403])('takes a %s page in front of the server for a session that has ended', async (status) => {
  const { create } = await serve(() => ({ status, body: { page: 'Log in' } }));
  expect(await create('a', 5)).toMatchObject({
    failure: { status, code: 'unauthorized', hint: expect.stringContaining('Sign in again') },
  });
});

it('tells developers, once, that what answers is no upload server', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const strangers = await serve(() => ({ status: 404, body: { page: 'Not found' } }));
  const { options, create } = strangers;
  expect(await create('a', 5)).toMatchObject({ failure: { status: 404, code: 'http-404' } });
  expect(await create('a', 5)).toMatchObject({ failure: { status: 404 } });
  const own = await serve(() => ({ status: 404, body: error('not-found') }));
  expect(await own.create('a', 5)).toMatchObject({ failure: { code: 'not-found' } });
  // As hosts of single-page apps do: every address they do not know is the page.
  const page = await serve(() => ({ status: 200, body: { page: 'Home' } }));
  expect(await page.create('a', 5)).toMatchObject({ failure: { kind: 'invalid-response' } });
  await vi.dynamicImportSettled();
  const words = ({ endpoint }: WireBackendOptions, status: number) => [
    expect.stringContaining(`${endpoint}/files answered ${status}, and not in the words of an upload server`),
  ];
  expect(warn.mock.calls).toEqual([words(options, 404), words(page.options, 200)]);
});

it('does not take a refusal of the server for a session that has ended', async () => {
  const { calls, create } = await serve(
    () => ({ status: 403, body: error('invalid-token') }),
    () => ({}),
  );
  expect(await create('a', 5)).toMatchObject({ failure: { code: 'invalid-token' } });
  expect(calls).toHaveLength(1);
});

it('sends new uploads to another endpoint or route from then on, and stays with the server that began one', async () => {
  const asked: string[] = [];
  const server = createServer(async (incoming, response) => {
    asked.push(incoming.url ?? '');
    const { files = [] } = JSON.parse(await textOf(incoming)) as { files?: FileIntent[] };
    const body = incoming.url?.endsWith('create') ? { files: files.map(created) } : { requests: [], parts: [] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const { port } = server.address() as AddressInfo;
  const options = { endpoint: `http://127.0.0.1:${port}/a`, route: 'first' };
  const backend = createWireBackend(options);
  const { signal } = new AbortController();
  const session = async (name: string) => {
    const outcome = await backend.create(intent(name, 5), signal);
    if (!outcome.ok) throw new Error(outcome.failure.kind);
    return outcome.value.session;
  };
  const old = await session('old');
  Object.assign(options, { endpoint: `http://127.0.0.1:${port}/b/`, route: 'second' });
  const fresh = await session('fresh');
  for (const begun of [old, fresh]) {
    await backend.sign(begun, [1], signal);
    await backend.listParts(begun, signal);
    await backend.abort(begun);
  }
  expect(asked).toEqual([
    '/a/first/create',
    '/b/second/create',
    ...['sign', 'parts', 'abort'].map((operation) => `/a/first/${operation}`),
    ...['sign', 'parts', 'abort'].map((operation) => `/b/second/${operation}`),
  ]);
});

/** An upload server that answers complete calls as told. */
async function completing(
  answer: (body: { token?: string; uploads?: { token: string }[] }) => Answer | Promise<Answer>,
  headers?: () => Promise<HeadersInit>,
) {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await textOf(request)) as { token?: string; uploads?: { token: string }[] };
    calls.push(body.token ?? body.uploads?.map(({ token }) => token).join('') ?? '');
    const { status, body: answered } = await answer(body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const { port } = server.address() as AddressInfo;
  const backend = createWireBackend({ endpoint: `http://127.0.0.1:${port}`, headers });
  const complete = (token: string, parts = 1, signal = new AbortController().signal) => {
    const session = { kind: 'multipart', key: token, token, partSize: 10 } as const;
    const stored = Array.from({ length: parts }, (_, index) => ({ partNumber: index + 1, etag: '"e"', size: 10 }));
    return backend.complete(session, stored, undefined, signal);
  };
  return { calls, complete };
}

const completed = (key = '') => ({ key, size: 10, etag: '"e"', location: `https://store.example/${key}` });

it('completes small files by few calls: what is stored while two are out goes together', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const one = (token: string) =>
    token === 'e' ? { ...error('checksum-mismatch'), status: 409, retryAfter: 2 } : completed(token);
  const { calls, complete } = await completing(async ({ token = '', uploads }) => {
    if (token !== 'film') await gate;
    return { status: 200, body: uploads ? { uploads: uploads.map((upload) => one(upload.token)) } : one(token) };
  });
  const first = complete('a');
  await expect.poll(() => calls).toEqual(['a']);
  const second = complete('b');
  await expect.poll(() => calls).toEqual(['a', 'b']);
  const others = [...'cdef'].map((token) => complete(token));
  expect(await complete('film', 2)).toMatchObject({ ok: true, value: { key: 'film' } });
  open();
  expect(await Promise.all([first, second, ...others])).toMatchObject([
    ...[...'abcd'].map((key) => ({ ok: true, value: { key } })),
    { ok: false, failure: { kind: 'server', status: 409, code: 'checksum-mismatch', retryAfter: 2_000 } },
    { ok: true, value: { key: 'f' } },
  ]);
  expect(calls).toEqual(['a', 'b', 'film', 'cdef']);
});

it('completes each file by itself where the server is older', async () => {
  const { calls, complete } = await completing(({ token }) =>
    token === undefined ? { status: 400, body: error('bad-request') } : { status: 200, body: completed(token) },
  );
  for (let round = 0; round < 2; round += 1)
    expect(await Promise.all([...'abc'].map((token) => complete(token)))).toMatchObject(
      [...'abc'].map((key) => ({ ok: true, value: { key } })),
    );
  expect(calls.toSorted()).toEqual(['a', 'a', 'abc', 'b', 'b', 'c', 'c']);
});

it('completes no file that was canceled while the app fetched its headers', async () => {
  const canceled = new AbortController();
  const { calls, complete } = await completing(
    ({ token = '', uploads }) => ({
      status: 200,
      body: uploads ? { uploads: uploads.map((upload) => completed(upload.token)) } : completed(token),
    }),
    async () => {
      canceled.abort();
      return {};
    },
  );
  const others = ['a', 'c'].map((token) => complete(token));
  const [left, ...told] = await Promise.all([complete('b', 1, canceled.signal), ...others]);
  expect(left).toMatchObject({ ok: false });
  expect(told).toMatchObject(['a', 'c'].map((key) => ({ ok: true, value: { key } })));
  expect(calls).toEqual(['ac']);
});

it('completes what was gathered meanwhile, where the server turns out to be older', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const { calls, complete } = await completing(async ({ token }) => {
    if (token === undefined) await gate;
    return token === undefined ? { status: 400, body: error('bad-request') } : { status: 200, body: completed(token) };
  });
  const batches = [...'ab'].map((token) => complete(token));
  await expect.poll(() => calls).toEqual(['ab']);
  batches.push(...[...'cd'].map((token) => complete(token)));
  await expect.poll(() => calls).toEqual(['ab', 'cd']);
  const last = complete('e');
  open();
  expect(await Promise.all([...batches, last])).toMatchObject(
    [...'abcde'].map((key) => ({ ok: true, value: { key } })),
  );
});
