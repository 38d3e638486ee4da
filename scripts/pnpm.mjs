// Runs pnpm without it being installed: npm is on every machine that has Node, and can fetch pnpm.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

const PNPM = 'pnpm@12.21.0';

/** Runs pnpm with `args`; returns its exit code. `npm run` says where npm is; without it, npm lies beside node. */
export function pnpm(...args) {
  const npm =
    process.env.npm_execpath?.endsWith('npm-cli.js') === true
      ? process.env.npm_execpath
      : join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  const run = spawnSync(
    process.execPath,
    [npm, 'exec', '--yes', '--ignore-scripts=false', `--package=${PNPM}`, '--', 'pnpm', ...args],
    { stdio: 'inherit' },
  );
  if (run.error) throw run.error;
  return run.status ?? 1;
}

if (import.meta.url === `file://${process.argv[1]}`) process.exit(pnpm(...process.argv.slice(2)));
