// The commands of the README: `npm run demo`, `npm test`, `npm run storybook`, and `npm run bench`. Each installs what it needs first, with
// nothing but Node and npm on the machine.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pnpm } from './pnpm.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const commands = { demo, test, storybook, bench };
const command = commands[process.argv[2]];
if (!command) {
  console.error(`Usage: node scripts/portage.mjs ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
install();
await command();

/** Installs packages, unless exactly these are installed already. */
function install() {
  const wanted = createHash('sha256').update(readFileSync('pnpm-lock.yaml')).digest('hex');
  const stamp = 'node_modules/.portage-lock';
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages; the first time this takes half a minute or so …');
  // No warnings: on Node 20 there would be one for each library that names a newer one, such as Uppy's, which run in the page,
  // and pg-boss. All of them are tested on Node 20 here.
  const code = pnpm('install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=error');
  if (code !== 0) {
    console.error('The packages could not be installed; see above. Is the npm registry within reach?');
    process.exit(code);
  }
  writeFileSync(stamp, wanted);
  console.log('Building …');
}

/** Runs a tool from node_modules; returns whether it went well. */
function run(tool, ...args) {
  const bin = join('node_modules', '.bin', process.platform === 'win32' ? `${tool}.cmd` : tool);
  const { status } = spawnSync(bin, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return status === 0;
}

async function demo() {
  if (!run('tsc', '--build')) process.exit(1);
  const { startDemo } = await import('./demo.mjs');
  await startDemo();
}

function storybook() {
  // The store that its "Network" toolbar breaks.
  if (!run('tsc', '--build')) process.exit(1);
  process.exit(
    run('storybook', 'dev', '--disable-telemetry', '--no-open', '--port', process.env.PORTAGE_STORYBOOK_PORT ?? '6006')
      ? 0
      : 1,
  );
}

async function bench() {
  if (!run('tsc', '--build')) process.exit(1);
  const { ensureBrowser } = await import('./browser.mjs');
  process.env.BROWSER_EXECUTABLE = ensureBrowser({ whole: true });
  const args = ['apps/bench/dist/main.js', ...process.argv.slice(3)];
  process.exit(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1);
}

async function test() {
  const { ensureBrowser, ensureFirefox } = await import('./browser.mjs');
  process.env.BROWSER_EXECUTABLE = ensureBrowser();
  const hasFirefox = ensureFirefox();
  // Not in test-results: Playwright empties that folder.
  const reports = 'node_modules/.cache/portage-reports';
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const unit = join(reports, 'unit.json');
  process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = join(root, reports, 'e2e.json');

  const steps = [
    ['lint', () => run('biome', 'check', '--error-on-warnings', '.')],
    ['types', () => run('tsc', '--build') && run('tsc', '--project', 'tsconfig.tests.json')],
    ['unit tests', () => run('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`)],
    ['browser tests', () => run('playwright', 'test', '--reporter=list,json')],
    // Clients that others wrote; those that are not here, and cannot be installed, are passed over.
    [
      'clients',
      () => spawnSync(process.execPath, ['packages/mock-s3/clients/run.mjs'], { stdio: 'inherit' }).status === 0,
    ],
    [
      'storybook',
      () =>
        run('storybook', 'build', '--quiet', '--disable-telemetry') &&
        spawnSync(process.execPath, ['scripts/storybook/check.mjs'], { stdio: 'inherit' }).status === 0,
    ],
  ];
  const results = steps.map(([name, step]) => {
    console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
    const started = Date.now();
    const ok = step();
    return { name, ok, seconds: Math.round((Date.now() - started) / 1000) };
  });

  console.log('');
  for (const { name, ok, seconds } of results) console.log(`${ok ? '✓' : '✗'} ${name.padEnd(16)} ${seconds} s`);
  if (!hasFirefox)
    console.log('– The tests in Firefox were passed over: no Firefox here. FIREFOX_EXECUTABLE names one.');
  const { passed, failed, failures } = count(unit, process.env.PLAYWRIGHT_JSON_OUTPUT_FILE);
  // Again at the end, where a reader of a long log looks first.
  for (const failure of failures) console.log(`\n✗ ${failure}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(results.every(({ ok }) => ok) ? 0 : 1);
}

/** Adds up what the two test runners report: how many passed and failed, and which failed, with why. */
function count(unit, e2e) {
  const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {});
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = read(unit);
  const { stats: { expected = 0, unexpected = 0, flaky = 0 } = {}, suites = [] } = read(e2e);
  const inUnit = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${failureMessages.join('\n')}`),
  );
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const inBrowser = suites
    .flatMap(specs)
    .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
    .map(({ file, title, tests }) => {
      const errors = tests.flatMap(({ projectName, results }) =>
        results.flatMap((result) => result.errors.map(({ message }) => `[${projectName}] ${message}`)),
      );
      return `${file}: ${title}\n${errors.join('\n')}`;
    });
  return {
    passed: numPassedTests + expected,
    failed: numFailedTests + unexpected + flaky,
    failures: [...inUnit, ...inBrowser],
  };
}
