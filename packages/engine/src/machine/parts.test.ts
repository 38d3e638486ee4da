import { planParts } from '@portage/protocol';
import { expect, it } from 'vitest';
import { addSigned, freshParts, heldParts, isFresh, storedParts, upcoming } from './parts.ts';

const MiB = 1024 * 1024;
const plan = planParts(12 * MiB, 5 * MiB);
const held = (partNumber: number, size: number) => ({ partNumber, size, etag: `"${partNumber}"` });

it('takes what the store holds for a part where it has its size, and sends the others', () => {
  const parts = heldParts(plan, [held(1, 5 * MiB), held(2, 5 * MiB - 1), held(3, 2 * MiB), held(4, 5 * MiB)]);
  expect(storedParts(parts).map(({ partNumber }) => partNumber)).toEqual([1, 3]);
  expect(upcoming(parts, 9)).toEqual([2]);
});

it('uses no signature in its last ten seconds, but one that was just made, however short its life', () => {
  const request = (expiresAt: number) => ({ method: 'PUT', url: 'https://store.test', headers: {}, expiresAt });
  const now = 1_000_000;
  const signed = (life: number) =>
    addSigned(freshParts(plan), [{ partNumber: 1, request: request(now + life) }], now).signed.get(1);
  expect(isFresh(signed(60_000), now + 49_000)).toBe(true);
  expect(isFresh(signed(60_000), now + 51_000)).toBe(false);
  expect(isFresh(signed(5_000), now)).toBe(true);
  expect(isFresh(signed(5_000), now + 2_000)).toBe(false);
});
