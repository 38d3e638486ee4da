// The browser tests that take longer than `npm test` may: `npm run test:kills -- 50`, `npm run test:matrix -- 20`, …
// What follows the first argument goes on to Playwright.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firefoxOptions } from '../../scripts/browser.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
process.chdir(root);

const [name, ...rest] = process.argv.slice(2);
/** A number as the first argument: how often, or how long. */
const count = /^\d+$/.test(rest[0] ?? '') ? rest.shift() : undefined;

const isOverHttp2 = rest.includes('--http2');
if (isOverHttp2) rest.splice(rest.indexOf('--http2'), 1);

const TABLES = ['--project=e2e', '--workers=1', '--reporter=list,./apps/e2e/support/table-reporter.ts'];

const runs = {
  /** All that depends on the browser; what people drop, paste and pick first. */
  firefox: () => inFirefox({ PORTAGE_FIREFOX: 'all' }),
  /** The flaky-network suite in both browsers; `-- --repeat-each 20`. With `-- --http2` the store speaks HTTP/2. */
  flaky: () => inBoth({ PORTAGE_FIREFOX: 'all', ...(isOverHttp2 && { PORTAGE_OVER_HTTP2: '1' }) }, ['bad-days']),
  /** `-- 20`: seeds. `PORTAGE_MATRIX_SEED` is the first. */
  matrix: () => playwright({ PORTAGE_MATRIX_SEEDS: count ?? '10' }, ['matrix', '--project=e2e']),
  /** `-- 50`: how often the browser is killed. */
  kills: () => playwright({ PORTAGE_KILLS: count ?? '50' }, ['kills', '--project=e2e']),
  'many-parts': () => playwright({ PORTAGE_PARTS: '1001,2500,10000' }, ['many-parts', '--project=e2e']),
  /** `-- 300`: seconds of silence. */
  blackhole: () => playwright({ PORTAGE_BLACKHOLE: count ?? '300' }, ['blackhole', '--project=e2e']),
  /** Every change of a file at every moment, in both browsers. */
  'changing-files': () => inBoth({ PORTAGE_CHANGING: 'all' }, ['changing-files']),
  /** `-- 1`: GiB of the file. */
  'second-look': () =>
    inBoth({ PORTAGE_SECOND_LOOK: count ?? '1', PORTAGE_FIREFOX: 'all' }, ['second-look', '-g', 'is told']),
  /** `-- 5`: minutes of everything at once. */
  soak: () => playwright({ PORTAGE_SOAK: count ?? '30' }, ['soak.spec', '--project=e2e']),
  /** What nginx's settings for HTTP/2 do to an upload: a table. */
  http2: () => playwright({ PORTAGE_HTTP2: '1' }, ['http2', ...TABLES]),
  /** Gateway, setting, what the page says and after how many seconds: a table. */
  gateways: () =>
    playwright({ PORTAGE_WINDOW: '1', PORTAGE_GATEWAYS: '1' }, [
      'gateways',
      'hidden-answers',
      'local-network',
      'broken-network',
      ...TABLES,
    ]),
  /** 32 MiB over 90 kB/s for each connection, where no progress can be seen. */
  'hidden-progress': () => inBoth({ PORTAGE_HIDDEN_PROGRESS: '1', PORTAGE_FIREFOX: 'all' }, ['hidden-progress']),
  /** Ceph and Swift from Debian's packages; `STORES_WRITE=1` writes what was seen into apps/stores. */
  stores: () => playwright({}, ['--config=apps/stores/playwright.config.ts']),
  /** Bad days, and every story. Debian's WebKit. */
  webkit: () => {
    const build = spawnSync('node_modules/.bin/storybook', ['build', '--quiet', '--disable-telemetry'], {
      stdio: 'inherit',
    });
    if (build.status !== 0) process.exit(1);
    playwright({ PORTAGE_WEBKIT: '1' }, ['--config=apps/e2e/webkit/playwright.config.ts']);
  },
};

const run = runs[name];
if (!run) {
  console.error(`Usage: node apps/e2e/long.mjs ${Object.keys(runs).join(' | ')} [count] [arguments of Playwright]`);
  process.exit(2);
}
run();

function inBoth(env, args) {
  playwright(env, [...args, '--project=e2e', ...(firefoxOptions() ? ['--project=e2e-firefox'] : [])]);
}

function inFirefox(env) {
  if (firefoxOptions()) {
    const components = spawnSync('node_modules/.bin/vitest', ['run', '--config', 'vitest.firefox.config.ts'], {
      stdio: 'inherit',
    });
    if (components.status !== 0) process.exitCode = 1;
    return playwright(env, ['--project=e2e-firefox']);
  }
  console.log('Passed over: no Firefox here. FIREFOX_EXECUTABLE names one.');
}

function playwright(env, args) {
  const build = spawnSync('node_modules/.bin/tsc', ['--build'], { stdio: 'inherit' });
  if (build.status !== 0) process.exit(1);
  const { status } = spawnSync(join('node_modules', '.bin', 'playwright'), ['test', ...args, ...rest], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  process.exit(status || process.exitCode || (status === null ? 1 : 0));
}
