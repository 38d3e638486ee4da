import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bytesOf, file, type Harness, sendAll, startServer } from '../test/harness.ts';
import { HookTimeoutError, type Logger, type Route } from './index.ts';

/** What code of an app can do that it should not. None of it is to end the process: the first two would, unheard. */
const MISDEEDS = {
  throws: () => {
    throw new Error('a bug of the app');
  },
  rejects: async () => {
    throw new Error('a bug of the app');
  },
  'throws nothing at all': () => {
    throw undefined;
  },
  hangs: () => new Promise<never>(() => undefined),
  'is a promise only by name': () => ({
    // biome-ignore lint/suspicious/noThenProperty: that is the point
    get then(): never {
      throw new Error('a bug of the app');
    },
  }),
};
type Misdeed = keyof typeof MISDEEDS;
const misdeeds = Object.keys(MISDEEDS) as Misdeed[];

let server: Harness | undefined;
const unheard: unknown[] = [];
const hear = (reason: unknown) => void unheard.push(reason);
beforeEach(() => {
  unheard.length = 0;
  process.on('unhandledRejection', hear);
});
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
  // Rejections that nobody hears are told when the microtasks are done.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});

const QUIET: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const start = (route: object, options: object = {}) =>
  startServer({ routes: { files: route as Route }, logger: QUIET, hookTimeout: 100, ...options });

/** A file's whole way; the status of each response. */
async function wholeWay({ post, complete }: Harness): Promise<number[]> {
  const created = await post<{ files: Parameters<typeof sendAll>[0][] }>('/files/create', { files: [file('a', 3)] });
  const [first] = created.body.files ?? [];
  if (first === undefined || 'error' in first) return [created.status];
  const completed = await complete(first.token, await sendAll(first, bytesOf(3)));
  const aborted = await post('/files/abort', { token: first.token });
  return [created.status, completed.status, aborted.status];
}

describe.each(misdeeds)('a listener that %s', (misdeed) => {
  it.each(['observe', 'onError', 'logger'])('as `%s` harms neither the call nor the process', async (listener) => {
    const bad = MISDEEDS[misdeed] as () => never;
    const options = {
      observe: { observe: [bad, bad] },
      onError: { onError: bad },
      logger: { logger: { info: bad, warn: bad, error: bad }, onError: undefined },
    }[listener];
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    server = await start({ maxSize: 10 }, options);
    expect(await wholeWay(server)).toEqual([200, 200, 200]);
    // A failure of the store's, so that there is something to tell.
    await server.store.close();
    const big = file('a', 6e6, { partSize: 5_242_880 });
    server.uploads.drain();
    expect((await server.post('/files/create', { files: [{ ...big, size: 9 }] })).status).toBe(503);
    expect(await server.uploads.abortStale().catch((error: unknown) => error)).toMatchObject({ reason: 'unavailable' });
    log.mockRestore();
  });
});

describe.each(misdeeds)('a hook that %s', (misdeed) => {
  const hooks = ['authorize', 'quota', 'key', 'metadata', 'onCreate', 'onComplete', 'rateLimit'] as const;
  it.each(hooks)('as `%s` fails the call, and nothing else', async (hook) => {
    const bad = MISDEEDS[misdeed] as () => never;
    server = await (hook === 'rateLimit' ? start({}, { rateLimit: bad }) : start({ [hook]: bad }));
    const statuses = await wholeWay(server);
    if (hook === 'onComplete') expect(statuses).toEqual([200, 500, 200]);
    // One file of a call fails in its own place; with all of them, the call does.
    else expect(statuses).toEqual([500]);
    if (misdeed === 'hangs') expect(server.errors).toEqual([expect.any(HookTimeoutError)]);
    expect(server.errors).toHaveLength(1);
  });
});

it('an address that `trustProxy` throws for is not trusted, and the call goes on: anybody may write what is none', async () => {
  const addresses: string[] = [];
  const trustProxy = (address: string) => {
    if (address === 'nonsense') throw new TypeError('Invalid address');
    return true;
  };
  const rateLimit = ({ address = '' }) => void addresses.push(address);
  server = await start({}, { trustProxy, rateLimit });
  const headers = { 'x-forwarded-for': 'nonsense' };
  expect((await server.post('/files/create', { files: [file('a', 1)] }, headers)).status).toBe(200);
  expect(addresses).toEqual(['nonsense']);
  expect(server.errors).toEqual([new TypeError('Invalid address')]);
});

it('a hook that answers late is told of by its name, and what it says then is not used', async () => {
  let late: (context: null) => void = () => undefined;
  const authorize = () =>
    new Promise<null>((resolve) => {
      late = resolve;
    });
  server = await start({ authorize });
  const { status, body } = await server.post('/files/create', { files: [file('a', 1)] });
  expect([status, body.error.code]).toEqual([500, 'internal']);
  late(null);
  expect(server.errors).toMatchObject([
    { name: 'HookTimeoutError', hook: 'authorize', message: expect.stringMatching(/^`authorize` .* 100 ms/) },
  ]);
});
