/**
 * The points at which a user of `@uppy/aws-s3` is let down, each with a test that keeps the promise. The same tests run
 * on Uppy's own plugin with `PORTAGE_PLUGIN=AwsS3`, to see what each of them is about: there they must fail.
 */
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { Intercept } from '@portage/mock-s3';
import type { Setup } from '../harness/signing.ts';
import { test as base, expect, MiB, type TestFile } from './fixtures.ts';
import { openHarness, portageServer, uppySigner } from './harness.ts';
import { REFUSED } from './refused.ts';

export const PLUGIN = process.env['PORTAGE_PLUGIN'] === 'AwsS3' ? 'AwsS3' : 'PortageS3';

/** Both plugins send files in parts of the same size. */
export const IN_PARTS = { shouldUseMultipart: true, chunkSize: 5 * MiB };

/** What Uppy told the app at the end of an upload, with the names of its files. */
export type Outcome =
  | { readonly successful: readonly string[]; readonly failed: readonly string[] }
  | { readonly rejected: string };

export interface App {
  add(...files: TestFile[]): Promise<void>;
  /** Calls a method of Uppy that uploads, and does not wait for it. */
  begin(method: 'upload' | 'retryAll' | 'retryUpload' | 'restore', id?: string): Promise<void>;
  /** How the last of these calls ended. Waits only so long, since a call that never ends is one of the points. */
  outcome(timeout?: number): Promise<Outcome>;
  idOf(name: string): Promise<string>;
  /** The file's error, in the words that Uppy shows. */
  errorOf(name: string): Promise<string | undefined>;
}

declare global {
  interface Window {
    outcome: Outcome | undefined;
  }
}

interface PointFixtures {
  /** Opens the page as an app that signs with its own `signRequest`, and drives it. */
  openApp(options?: object, setup?: Setup): Promise<App>;
}

export const test = base.extend<PointFixtures>({
  openApp: async ({ page, backend, serve }, use) => {
    await use(async (options = IN_PARTS, setup = uppySigner(backend)) => {
      await openHarness(page, await serve('harness'), setup, options, PLUGIN);
      return appOn(page);
    });
  },
});

/** A store that refuses one part for good. */
export function refusePart(refused: number, key = ''): Intercept {
  return ({ operation, partNumber, key: asked = '' }) =>
    operation === 'UploadPart' && partNumber === refused && asked.includes(key) ? REFUSED : undefined;
}

/** For what only Portage's server does; Uppy's plugin knows no such server and keeps its `signRequest`. */
export function ownServer(backend: Backend): Setup {
  return PLUGIN === 'PortageS3' ? portageServer(backend) : uppySigner(backend);
}

export function appOn(page: Page): App {
  const fileOf = (name: string) =>
    page.evaluate((name) => {
      const file = window.harness.uppy.getFiles().find((file) => file.name === name);
      return { id: file?.id ?? '', error: file?.error ?? undefined };
    }, name);
  return {
    add: (...files) => page.getByLabel('Files').setInputFiles(files.map((file) => file.path)),
    begin: (method, id = '') =>
      page.evaluate(
        ([method, id]) => {
          const { uppy } = window.harness;
          window.outcome = undefined;
          const names = (files: readonly { name?: string }[] = []) => files.map((file) => file.name ?? '');
          uppy[method](id).then(
            (result) => {
              window.outcome = { successful: names(result?.successful), failed: names(result?.failed) };
            },
            (error: unknown) => {
              window.outcome = { rejected: String(error) };
            },
          );
        },
        [method, id] as const,
      ),
    outcome: async (timeout = 60_000) => {
      const outcome = () => page.evaluate(() => window.outcome);
      await expect.poll(outcome, { message: 'the upload ends', timeout }).toBeDefined();
      return (await outcome()) as Outcome;
    },
    idOf: async (name) => (await fileOf(name)).id,
    errorOf: async (name) => (await fileOf(name)).error,
  };
}
