import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it.
import { soak } from '../../soak/soak.mjs';

const KILLS = 15;

test('survives kill -9 at any moment: nothing is torn, nothing acknowledged is lost', {
  timeout: 120_000,
}, async () => {
  // The store is killed as a process of its own, which runs what was built.
  execFileSync('npx', ['tsc', '--build', fileURLToPath(new URL('../..', import.meta.url))], { stdio: 'ignore' });
  const { objects, parts, torn, lost } = await soak({ kills: KILLS });
  expect({ torn, lost }).toEqual({ torn: 0, lost: 0 });
  expect(objects).toBeGreaterThan(0);
  expect(parts).toBeGreaterThan(0);
});
