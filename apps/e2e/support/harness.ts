/** Drives the bare page. */
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { UploadSnapshot } from '@portage/uppy';
import type { Setup } from '../harness/signing.ts';
import { expect, storedSha256, type TestFile } from './fixtures.ts';

export interface Uploading {
  add(...files: TestFile[]): Promise<void>;
  /** Starts `uppy.upload()` and does not wait for it. */
  start(): Promise<void>;
  /** Adds files and starts them. */
  send(...files: TestFile[]): Promise<void>;
  /** Waits until `upload()` has ended; returns the names of the files that went well and of those that did not. */
  finish(): Promise<{ successful: string[]; failed: string[] }>;
  snapshots(): Promise<Record<string, UploadSnapshot>>;
  events(): Promise<string[]>;
  /** Everything a person was shown as `loaded` went up only. */
  expectMonotonic(): Promise<void>;
}

declare global {
  interface Window {
    uploading: Promise<unknown>;
  }
}

export function portageServer(backend: Backend): Setup {
  return { endpoint: backend.uploadsUrl };
}

export function uppySigner(backend: Backend): Setup {
  return { signAt: `${backend.apiUrl}/api/sign` };
}

/** Every line on the console of the page and of its workers, as they come. */
export function linesOf(page: Page): string[] {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  return lines;
}

/** What Portage says to developers, once it says something: its words are loaded when they are needed. */
export async function portageLine(lines: readonly string[]): Promise<string | undefined> {
  const find = () => lines.find((text) => text.startsWith('Portage:'));
  await expect.poll(find).toBeDefined();
  return find();
}

export async function openHarness(
  page: Page,
  url: string,
  setup: Setup,
  options: object = {},
  plugin: 'PortageS3' | 'AwsS3' = 'PortageS3',
): Promise<Uploading> {
  await page.goto(url);
  await page.evaluate(([setup, options, plugin]) => window.setUp(setup, options, plugin), [
    setup,
    options,
    plugin,
  ] as const);
  const add = (...files: TestFile[]) => page.getByLabel('Files').setInputFiles(files.map((file) => file.path));
  const start = () =>
    page.evaluate(() => {
      window.uploading = window.harness.uppy.upload();
    });
  return {
    add,
    start,
    async send(...files) {
      await add(...files);
      await start();
    },
    finish: () =>
      page.evaluate(async () => {
        await window.uploading;
        const files = window.harness.uppy.getFiles();
        return {
          successful: files.filter((file) => file.progress.uploadComplete && !file.error).map((file) => file.name),
          failed: files.filter((file) => file.error).map((file) => file.name),
        };
      }),
    snapshots: () =>
      page.evaluate(() => {
        const { uppy, plugin } = window.harness;
        const entries = uppy.getFiles().map((file) => [file.name, plugin.uploads.get(file.id)] as const);
        return Object.fromEntries(entries) as Record<string, UploadSnapshot>;
      }),
    events: () => page.evaluate(() => window.harness.events),
    expectMonotonic: async () => {
      const loaded = await page.evaluate(() => window.harness.loaded);
      expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    },
  };
}

/** Uploads a file, which is stored with exactly its bytes. */
export async function expectArrives(backend: Backend, uploading: Uploading, file: TestFile): Promise<void> {
  await uploading.send(file);
  expect(await uploading.finish()).toEqual({ successful: [file.name], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
}
