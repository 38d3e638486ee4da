import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCredentialsSigner } from './credentials-signer.ts';

const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers();
  // The page's own server tells the time.
  vi.stubGlobal('location', { href: 'https://page.test/' });
  vi.stubGlobal('fetch', async () => new Response(null, { headers: { date: new Date().toUTCString() } }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const fresh = async () => ({
  credentials: {
    ...{ accessKeyId: 'AK', secretAccessKey: 'SK', sessionToken: 'T' },
    expiration: new Date(Date.now() + HOUR).toISOString(),
  },
  ...{ bucket: 'b', region: 'eu' },
});

function setUp(getCredentials = vi.fn(fresh)) {
  const sign = createCredentialsSigner({ getCredentials, s3Endpoint: 'https://store.test/b' });
  const signParts = () =>
    Promise.all([1, 2, 3].map((partNumber) => sign({ method: 'PUT', key: 'k', uploadId: 'u', partNumber })));
  return { getCredentials, signParts };
}

it('asks for credentials once for all who sign at the same time, also where those before have come to their end', async () => {
  const { getCredentials, signParts } = setUp();
  await signParts();
  expect(getCredentials).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2 * HOUR);
  await signParts();
  await signParts();
  expect(getCredentials).toHaveBeenCalledTimes(2);
});

it('asks again where no answer came in 15 seconds: a connection can die without a word', async () => {
  const { getCredentials, signParts } = setUp();
  getCredentials.mockReturnValueOnce(new Promise(() => {}));
  const signed = expect(signParts()).rejects.toMatchObject({ name: 'TimeoutError' });
  await vi.advanceTimersByTimeAsync(15_000);
  await signed;
  await signParts();
  expect(getCredentials).toHaveBeenCalledTimes(2);
});

it('asks again where it failed', async () => {
  const { getCredentials, signParts } = setUp();
  getCredentials.mockRejectedValueOnce(new TypeError('fetch failed'));
  await expect(signParts()).rejects.toThrow('fetch failed');
  await signParts();
  expect(getCredentials).toHaveBeenCalledTimes(2);
});

it('asks for the time again where the clock was set meanwhile, and signs by the right one', async () => {
  const [began, steady] = [Date.now(), performance.now()];
  const right = () => began + performance.now() - steady;
  const headers = () => ({ date: new Date(right()).toUTCString() });
  vi.stubGlobal('fetch', async () => new Response(null, { headers: headers() }));
  const expiration = new Date(began + HOUR).toISOString();
  const { signParts } = setUp(
    vi.fn(async () => {
      const { credentials, ...rest } = await fresh();
      return { ...rest, credentials: { ...credentials, expiration } };
    }),
  );
  const wrongBy = async () => {
    const [signed] = await signParts();
    const [, date, time] = /X-Amz-Date=(\d+)T(\d+)Z/.exec(signed?.url ?? '') ?? [];
    const text = `${date} ${time}`.replace(/(....)(..)(..) (..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z');
    return Math.round(Math.abs(Date.parse(text) - right()) / 60_000);
  };
  vi.setSystemTime(began + 2 * HOUR);
  expect(await wrongBy()).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  vi.setSystemTime(right());
  expect(await wrongBy()).toBe(0);
});
