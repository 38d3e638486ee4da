import { spawnSync } from 'node:child_process';
import { type BrowserContext, chromium } from '@playwright/test';
import { launchOptions } from '../../../scripts/browser.mjs';

/** A Chromium of its own with a profile that outlives it. */
export const launchWith = (profile: string) => chromium.launchPersistentContext(profile, launchOptions());

/** Ends a profile's browser, and all its processes, as a power cut would. Resolves once it is gone. */
export async function killBrowser(browser: BrowserContext, profile: string): Promise<void> {
  const gone = new Promise((resolve) => browser.once('close', resolve));
  const { stdout } = spawnSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  for (const line of stdout.split('\n')) {
    const [, pid, args = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid && args.includes(`--user-data-dir=${profile}`)) process.kill(Number(pid), 'SIGKILL');
  }
  await gone;
}
