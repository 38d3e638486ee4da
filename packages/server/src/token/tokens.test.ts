import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Claims } from './claims.ts';
import { createTokens } from './tokens.ts';

const claims: Claims = {
  route: 'files',
  userId: 'ann',
  id: 'ab'.repeat(16),
  key: 'files/日本/🎉.mov',
  prefixLength: 6,
  pending: false,
  uploadId: 'u/+=',
  accept: ['image/*', '.mov'],
  size: 11,
  partSize: 5,
  type: 'video/mp4',
  name: '🎉.mov',
  createdAt: 0,
  expiresAt: 1000,
};
const place = 'https://store.example/bucket/';
const tokensOf = (secrets: string[], server = ['', '/api/uploads']) => createTokens(secrets, server);
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
    const tokens = tokensOf([old]);
    const token = tokens.seal(claims, place);
    expect(token).toMatch(/^[\w-]+\.[0-9a-f]{64}$/);
    expect(tokens.open(token, place)).toEqual(claims);
  });

  it('of unequal parts is of a version that servers of before do not know: to them parts would be equal', () => {
    const tokens = tokensOf([old]);
    const token = tokens.seal({ ...claims, lanes: 6 }, place);
    expect(tokens.open(token, place)).toEqual({ ...claims, lanes: 6 });
    const payload = Buffer.from(JSON.stringify({ ...claims, lanes: 6 })).toString('base64url');
    const asBefore = createHmac('sha256', old).update(`${JSON.stringify([3, '', '/api/uploads', place])} ${payload}`);
    expect(token).not.toBe(`${payload}.${asBefore.digest('hex')}`);
    expect(token.startsWith(`${payload}.`)).toBe(true);
  });

  it('of an old secret opens while that secret is still in the list', () => {
    const token = tokensOf([old]).seal(claims, place);
    expect(tokensOf([fresh, old]).open(token, place)).toEqual(claims);
    expect(codeOf(() => tokensOf([fresh]).open(token, place))).toBe('invalid-token');
    expect(tokensOf([fresh, old]).seal(claims, place)).toBe(tokensOf([fresh]).seal(claims, place));
  });

  it('of another secret is forged, whatever it says', () => {
    const forged = tokensOf([fresh]).seal(claims, place);
    expect(codeOf(() => tokensOf([old]).open(forged, place))).toBe('invalid-token');
  });

  it('of another server, or for another place, is none here', () => {
    const token = tokensOf([old]).seal(claims, place);
    for (const server of [
      ['staging', '/api/uploads'],
      ['', '/api'],
      ['/api/uploads', ''],
    ])
      expect(codeOf(() => tokensOf([old], server).open(token, place))).toBe('invalid-token');
    for (const other of ['https://store.example/other/', 'https://other.example/bucket/', ''])
      expect(codeOf(() => tokensOf([old]).open(token, other))).toBe('invalid-token');
  });

  it('fits into the call even when everything in it is as long as it may be', () => {
    const longest: Claims = {
      ...claims,
      key: 'ü'.repeat(512),
      name: 'n'.repeat(1024),
      uploadId: 'u'.repeat(1024),
      userId: 'u'.repeat(256),
      type: `a/${'b'.repeat(253)}`,
      accept: Array.from({ length: 100 }, (_, index) => `.type-${index}`),
    };
    expect(tokensOf([old]).seal(longest, place).length).toBeLessThan(8192);
  });
});
