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
