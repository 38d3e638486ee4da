import { describe, expect, it } from 'vitest';
import type { Claims } from './claims.ts';
import { createTokens } from './tokens.ts';

const claims: Claims = {
  kind: 'multipart',
  route: 'files',
  userId: 'ann',
  id: 'ab'.repeat(16),
  key: 'files/日本/🎉.mov',
  uploadId: 'u/+=',
  size: 11,
  partSize: 5,
  type: 'video/mp4',
  name: '🎉.mov',
  createdAt: 0,
  expiresAt: 1000,
};
const old = 'the old secret, of more than 32 characters';
const fresh = 'the new secret, of more than 32 characters';
const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return undefined;
};

describe('a token', () => {
  it('opens to the claims that were sealed', () => {
    const tokens = createTokens([old]);
    const token = tokens.seal(claims);
    expect(token).toMatch(/^[\w-]+\.[0-9a-f]{64}$/);
    expect(tokens.open(token)).toEqual(claims);
  });

  it('of an old secret opens while that secret is still in the list', () => {
    const token = createTokens([old]).seal(claims);
    expect(createTokens([fresh, old]).open(token)).toEqual(claims);
    expect(codeOf(() => createTokens([fresh]).open(token))).toBe('invalid-token');
    expect(createTokens([fresh, old]).seal(claims)).toBe(createTokens([fresh]).seal(claims));
  });

  it('of another secret is forged, whatever it says', () => {
    const forged = createTokens([fresh]).seal(claims);
    expect(codeOf(() => createTokens([old]).open(forged))).toBe('invalid-token');
  });

  it('fits into the call even when everything in it is as long as it may be', () => {
    const longest: Claims = {
      ...claims,
      key: 'ü'.repeat(512),
      name: 'n'.repeat(1024),
      uploadId: 'u'.repeat(1024),
      userId: 'u'.repeat(256),
      type: `a/${'b'.repeat(253)}`,
    };
    expect(createTokens([old]).seal(longest).length).toBeLessThan(8192);
  });
});
