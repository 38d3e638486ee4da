// Runs the tests of what runs on servers with each Node that is supported: npm's package `node` carries the binaries. Run by
// `npm run test:nodes`; `-- 22` picks. Not a part of CI, as it takes some minutes for each.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = ['20.19', '22', '24', '26'];
const PACKAGES = ['protocol', 'server', 'mock-s3', 'processing', 'testing'];

const root = join(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const versions = VERSIONS.filter((version) => wanted.length === 0 || wanted.includes(version));
const folder = mkdtempSync(join(tmpdir(), 'portage-nodes-'));
const rows = [];
try {
  const dependencies = Object.fromEntries(versions.map((version) => [`node-${version}`, `npm:node@${version}`]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The Nodes could not be installed; see above.');
  for (const version of versions) {
    const bin = join(folder, 'node_modules', `node-${version}`, 'bin');
    const node = join(bin, 'node');
    const report = join(folder, `${version}.json`);
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    // One after another on a machine that others use: a test that is slow there is not wrong.
    const how = [
      '--project',
      'node',
      '--testTimeout=60000',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ];
    // First in the path, so that what tests start is of this version, too.
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
    const run = spawnSync(node, [vitest, 'run', ...how, ...PACKAGES.map((name) => `packages/${name}/`)], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    const exact = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    rows.push(`${run.status === 0 ? '✓' : '✗'} Node ${exact}: ${numPassedTests} passed, ${numFailedTests} failed`);
    if (run.status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${rows.join('\n')}`);
