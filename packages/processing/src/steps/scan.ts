import { createReadStream } from 'node:fs';
import { type Step, step } from '../step.ts';

export interface ScanOptions {
  /** What it was looked through by: another one has files looked through again. @example 'clamav-2026-11-29' */
  readonly version: string;
  /** Longest time, in seconds. @default 600 */
  readonly seconds?: number;
}

/** A file as the hook `scan` of the upload server has it, too: one function serves both. */
export interface ScannedContent {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  read(): AsyncIterable<Uint8Array>;
}

/**
 * Looks for harmful files. What `look` returns says what was found: nothing is good, a text ends in the result `harmful`. The
 * file stays where it is: `onProcessed` may remove it.
 * @example scan((file) => scanWithClamd(file, { path: '/run/clamd.sock' }), { version: 'clamav-1' })
 */
export function scan(
  look: (file: ScannedContent) => Promise<string | null | undefined>,
  { version, seconds = 600 }: ScanOptions,
): Step<'scan', { readonly isGood: true }> {
  return step({
    name: 'scan',
    version,
    seconds,
    async run({ file: { key, size }, path, signal }) {
      const found = await look({ key, size, read: () => createReadStream(path, { signal }) });
      return found ? { kind: 'unreadable', code: 'harmful', why: found } : { kind: 'done', result: { isGood: true } };
    },
  });
}
