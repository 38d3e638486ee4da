/** A real Chromium on the client's side of the link. */
import { chmod, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from '@playwright/test';

export interface BrowserOptions {
  /** Words before the browser's own command. */
  readonly prefix: readonly string[];
  /** Of the page, which is no secure context by its address alone, but would be in production. */
  readonly secureOrigin: string;
  /** Of the key of certificates that are taken as if somebody had signed them. */
  readonly trusted?: string | undefined;
  /** That speaks HTTP/3: the browser does not ask for it in another way first. */
  readonly quicOrigin?: string | undefined;
}

export async function launchBrowser({ prefix, secureOrigin, trusted, quicOrigin }: BrowserOptions): Promise<Browser> {
  const launch = await launchOptions();
  const args = [
    ...(launch.args ?? []).filter((arg) => quicOrigin === undefined || arg !== '--disable-quic'),
    ...(quicOrigin === undefined ? [] : [`--origin-to-force-quic-on=${new URL(quicOrigin).host}`]),
    `--unsafely-treat-insecure-origin-as-secure=${secureOrigin}`,
    // A name is joined to the connection of another only where its certificate is without an error.
    ...(trusted === undefined ? [] : [`--ignore-certificate-errors-spki-list=${trusted}`]),
    // The page is alone on its machine: nothing may slow its timers down.
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
  ];
  const executable = launch.executablePath ?? chromium.executablePath();
  if (prefix.length === 0) return chromium.launch({ ...launch, args });
  const wrapper = join(tmpdir(), `portage-bench-browser-${process.pid}.sh`);
  const words = [...prefix, executable].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  await writeFile(wrapper, `#!/bin/sh\nexec ${words} "$@"\n`);
  await chmod(wrapper, 0o755);
  try {
    return await chromium.launch({ ...launch, args, executablePath: wrapper });
  } finally {
    await rm(wrapper);
  }
}

/** Where the repository's scripts find the browser, and how they start it. */
async function launchOptions(): Promise<LaunchOptions> {
  const scripts = new URL('../../../scripts/browser.mjs', import.meta.url).href;
  const browser: { launchOptions(options: { whole: boolean }): LaunchOptions } = await import(
    /* @vite-ignore */ scripts
  );
  // Only the whole browser can be told that a page of another network is as secure as one of this machine.
  return browser.launchOptions({ whole: true });
}
