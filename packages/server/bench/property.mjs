// The property of all requests, with 100,000 of them. Run by `npm run test:property`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'node', 'packages/server/src/property.test.ts'],
  { cwd: root, stdio: 'inherit', env: { PORTAGE_PROPERTY_RUNS: '100000', ...process.env } },
);
process.exitCode = status ?? 1;
