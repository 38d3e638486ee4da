// The properties of requests and of objects, with 100,000 runs each. Run by `npm run test:property`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const TESTS = ['property', 'ownership'];
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'node', ...TESTS.map((name) => `packages/server/src/${name}.test.ts`)],
  { cwd: root, stdio: 'inherit', env: { PORTAGE_PROPERTY_RUNS: '100000', ...process.env } },
);
process.exitCode = status ?? 1;
