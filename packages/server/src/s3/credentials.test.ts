import { describe, expect, it, vi } from 'vitest';
import { signOne } from '../../test/harness.ts';
import { StoreError } from '../errors.ts';
import type { ExpiringCredentials } from './credentials.ts';
import { s3 } from './s3.ts';

const MINUTE = 60_000;

function setUp() {
  let now = Date.UTC(2026, 0, 1);
  let count = 0;
  const fetchKeys = vi.fn(
    async (): Promise<ExpiringCredentials> => ({
      accessKeyId: `key${++count}`,
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: new Date(now + 60 * MINUTE),
    }),
  );
  const storage = s3({ bucket: 'b', credentials: fetchKeys, clock: () => now });
  const sign = async () => {
    const { url, expiresIn } = await signOne(storage);
    const { searchParams } = new URL(url);
    return [searchParams.get('X-Amz-Credential')?.split('/')[0], expiresIn / 1000];
  };
  return { fetchKeys, sign, after: (minutes: number) => (now += minutes * MINUTE) };
}

describe('credentials that end', () => {
  it('are fetched once for all that wait, and anew before they end', async () => {
    const { fetchKeys, sign, after } = setUp();
    expect(await Promise.all([sign(), sign(), sign()])).toEqual(Array(3).fill(['key1', 900]));
    after(54);
    expect(await sign()).toEqual(['key1', 360]);
    expect(fetchKeys).toHaveBeenCalledTimes(1);
    after(2);
    expect(await sign()).toEqual(['key2', 900]);
  });

  it('serve on while new ones cannot be had, and no signature outlives them', async () => {
    const { fetchKeys, sign, after } = setUp();
    await sign();
    fetchKeys.mockRejectedValue(new Error('the metadata service is down'));
    after(58);
    expect(await sign()).toEqual(['key1', 120]);
    expect(await sign()).toEqual(['key1', 120]);
    expect(fetchKeys).toHaveBeenCalledTimes(2);
    after(3);
    await expect(sign()).rejects.toMatchObject({ reason: 'unavailable' });
    await expect(sign()).rejects.toBeInstanceOf(StoreError);
  });
});

it("Amazon's own chain is such a provider", async () => {
  const { awsCredentials } = await import('../aws.ts');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'from-the-environment');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
  const storage = s3({ bucket: 'b', credentials: awsCredentials() });
  const { url } = await signOne(storage);
  expect(url).toContain('X-Amz-Credential=from-the-environment%2F');
  vi.unstubAllEnvs();
});
