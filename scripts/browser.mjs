// Finds the Chromium that tests run in, and installs one where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

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

const isRoot = process.getuid?.() === 0;

/** Path of a Chromium-like browser, or undefined. `BROWSER_EXECUTABLE` wins. */
export function findBrowser() {
  const named = process.env.BROWSER_EXECUTABLE;
  if (named) {
    if (!existsSync(named)) throw new Error(`BROWSER_EXECUTABLE is set to ${named}, but there is no such file.`);
    return named;
  }
  return [chromium.executablePath(), ...SYSTEM_BROWSERS].find((path) => path && existsSync(path));
}

/** Path of a browser, installed now if need be. */
export function ensureBrowser() {
  // Without the internet, Playwright must not try for minutes before the next way is taken.
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  const run = (command, ...args) => spawnSync(command, args, { stdio: 'inherit', env }).status === 0;
  const found = findBrowser();
  if (found) return found;
  console.log('No Chromium found; installing one.');
  run(process.execPath, 'node_modules/@playwright/test/cli.js', 'install', 'chromium');
  if (!findBrowser() && isRoot && existsSync('/usr/bin/apt-get')) {
    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', 'chromium');
  }
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error('No Chromium could be found or installed. Install Chrome, or set BROWSER_EXECUTABLE to its path.');
}

/** Playwright launch options for that browser. */
export function launchOptions() {
  const executablePath = findBrowser();
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
