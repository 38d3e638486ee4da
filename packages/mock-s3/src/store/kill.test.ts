import { expect, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it.
import { soak } from '../../soak/soak.mjs';
import { built } from '../test-support/built.ts';

const KILLS = 6;

test('survives kill -9 at any moment: nothing is torn, nothing acknowledged is lost', {
  timeout: 120_000,
}, async () => {
  built();
  const { objects, parts, torn, lost } = await soak({ kills: KILLS });
  expect({ torn, lost }).toEqual({ torn: 0, lost: 0 });
  expect(objects).toBeGreaterThan(0);
  expect(parts).toBeGreaterThan(0);
});
