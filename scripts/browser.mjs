// Finds the browsers that tests run in, and installs them where there are none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, firefox } from '@playwright/test';

/** Debian's build without windows, as Playwright uses its own: a test in it takes a quarter less of the processor. */
const SHELL = '/usr/bin/chromium-headless-shell';

const SYSTEM_BROWSERS = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const SYSTEM_FIREFOXES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

const isRoot = process.getuid?.() === 0;

/**
 * Path of a Chromium-like browser, or undefined. `BROWSER_EXECUTABLE` wins, unless it names a part where the whole is wanted.
 * @param whole - With all that Chrome has, such as its own switches; else one without windows comes first.
 */
export function findBrowser({ whole = false } = {}) {
  const named = process.env.BROWSER_EXECUTABLE;
  if (named) {
    if (!existsSync(named)) throw new Error(`BROWSER_EXECUTABLE is set to ${named}, but there is no such file.`);
    if (!(whole && named === SHELL)) return named;
  }
  const others = whole ? [...SYSTEM_BROWSERS, SHELL] : [SHELL, ...SYSTEM_BROWSERS];
  return [chromium.executablePath(), ...others].find((path) => path && existsSync(path));
}

/** Path of a browser, installed now if need be; see {@link findBrowser}. */
export function ensureBrowser({ whole = false } = {}) {
  // Without the internet, Playwright must not try for minutes before the next way is taken.
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  const run = (command, ...args) => spawnSync(command, args, { stdio: 'inherit', env }).status === 0;
  const found = findBrowser({ whole });
  if (found && !(whole && found === SHELL)) return found;
  console.log('No Chromium found; installing one.');
  run(process.execPath, 'node_modules/@playwright/test/cli.js', 'install', 'chromium');
  if (whole) aptInstall('chromium');
  for (const name of ['chromium-headless-shell', 'chromium']) if (!findBrowser()) aptInstall(name);
  const installed = findBrowser({ whole });
  if (installed) return installed;
  throw new Error('No Chromium could be found or installed. Install Chrome, or set BROWSER_EXECUTABLE to its path.');
}

/** Whether Debian's package manager is here, and may be used. */
export const hasApt = isRoot && existsSync('/usr/bin/apt-get');

/** Installs Debian packages where that is possible. */
export function aptInstall(...packages) {
  if (!hasApt) return;
  const run = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', timeout: 300_000 });
  run('update', '-qq');
  run('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

/** Path of a Firefox as its makers or Debian built it, or undefined. `FIREFOX_EXECUTABLE` wins. */
export function findFirefox() {
  const named = process.env.FIREFOX_EXECUTABLE;
  if (named && !existsSync(named)) throw new Error(`FIREFOX_EXECUTABLE is set to ${named}, but there is no such file.`);
  return [named, ...SYSTEM_FIREFOXES].find((path) => path && existsSync(path));
}

/**
 * What Playwright is told to use Firefox: the one that is installed, over WebDriver BiDi, or else Playwright's own.
 * Undefined where there is none.
 */
export function firefoxOptions() {
  const executablePath = findFirefox();
  const firefoxUserPrefs = {
    // Firefox goes around a proxy to this machine, where all that is tested runs.
    'network.proxy.allow_hijacking_localhost': true,
    // Connections that a page asks for ahead are opened, as everywhere: Playwright has turned that off.
    'network.http.speculative-parallel-limit': 6,
  };
  if (executablePath)
    return { browserName: 'firefox', channel: 'moz-firefox', launchOptions: { executablePath, firefoxUserPrefs } };
  if (!existsSync(firefox.executablePath())) return undefined;
  return { browserName: 'firefox', launchOptions: { firefoxUserPrefs } };
}

/** Installs Firefox where there is none and it can be done; whether there is one then. */
export function ensureFirefox() {
  if (firefoxOptions() === undefined) aptInstall('firefox-esr');
  return firefoxOptions() !== undefined;
}

/** Playwright launch options for that browser; see {@link findBrowser}. */
export function launchOptions({ whole = false } = {}) {
  const executablePath = findBrowser({ whole });
  return {
    ...(executablePath && { executablePath }),
    args: [
      // Chromium's sandbox refuses to run as root.
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
