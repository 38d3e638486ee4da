// Ten thousand simulated clients in eight places, with one, three and five regions: `npm run bench:regions [clients]`. The clock is
// the simulator's, so that the same figures come out everywhere.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const test = 'packages/engine/src/regions/clients.test.ts';
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'node', test], {
  ...{ cwd, stdio: 'inherit', env: { ...process.env, PORTAGE_CLIENTS: process.argv[2] ?? '10000' } },
});
process.exitCode = status ?? 1;
