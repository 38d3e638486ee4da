import { expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it.
import { crowd } from './crowd.mjs';

it('loses no upload of a small crowd on mixed links when one of two servers is killed half-way', {
  timeout: 60_000,
}, async () => {
  const { right, wrong, attempts } = await crowd({
    uploads: 30,
    most: 12e6,
    servers: 2,
    kill: true,
    clients: 2,
    stalls: false,
    within: 50,
  });
  expect(wrong).toEqual([]);
  expect(right).toBe(30);
  // Some links did break, and large files went in parts.
  expect(attempts).toBeGreaterThan(35);
});
