/** One upload of a file that changes at a given moment, and what came of it. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { Intercept } from '@portage/mock-s3';
import { expect, MiB } from '../fixtures.ts';
import { openHarness, portageServer, uppySigner } from '../harness.ts';
import { type Change, OLD } from './changes.ts';

export const WAYS = ['in one request', 'in parts', 'resumed'] as const;
export type Way = (typeof WAYS)[number];

export const MOMENTS = ['before the start', 'in mid-part', 'between parts', 'before Complete'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Cell {
  readonly change: Change;
  readonly way: Way;
  readonly moment: Moment;
  readonly worker: boolean;
}

export interface Outcome {
  /** `complete`, the code of the error, or `hangs`. */
  readonly end: string;
  readonly verifiedBy: string | undefined;
  readonly secondLook: string | undefined;
  /** What the bucket has: the file as it was, as it is now, or neither. */
  readonly objects: readonly ('old' | 'new' | 'a mix')[];
  /** In milliseconds, from the change or the start to the end. */
  readonly took: number;
}

const PART = 5 * MiB;
/** An upload that has not ended after so long hangs. In milliseconds. */
const HANGS = 60_000;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

export async function runCell(
  { change, way, moment, worker }: Cell,
  world: { page: Page; backend: Backend; faults: { intercept: Intercept }; url: string; folder: string; name: string },
): Promise<Outcome> {
  const { page, backend, faults, url, folder, name } = world;
  const { store, bucket } = backend;
  const size = way === 'in one request' ? 6 * MiB : 3 * PART - 1_000;
  const last = way === 'in one request' ? 0 : 3;
  const path = join(folder, name);
  const content = Buffer.alloc(size, OLD);
  // Each cell has a file of its own, or one would go on with what another has left in the store.
  content.write(`${way} ${moment} ${worker} ${name}`);
  writeFileSync(path, content);
  // A whole second, long ago: a time that can be given back, and that each later write differs from.
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  const old = sha256(readFileSync(path));
  let changed = false;
  let due = false;
  const make = () => {
    if (changed) return;
    changed = true;
    change.make(path);
  };
  faults.intercept = ({ operation, partNumber = 0 }) => {
    if (operation !== 'PutObject' && operation !== 'UploadPart') return undefined;
    if (due && moment === 'between parts' && (way !== 'resumed' ? partNumber === 2 : partNumber >= 2)) make();
    const isLast = partNumber === last;
    return [
      { kind: 'bandwidth', bytesPerSecond: 8 * MiB },
      ...(isLast && moment === 'before Complete' ? [{ kind: 'slow_response', ms: 1_000 } as const] : []),
    ];
  };
  const options = {
    worker,
    shouldUseMultipart: way !== 'in one request',
    partSize: PART,
    concurrency: 1,
  };
  const open = async () => {
    // Only an app's own signer sends a file in one request.
    const setup = way === 'in one request' ? uppySigner(backend) : portageServer(backend);
    const uploading = await openHarness(page, url, setup, options);
    await page.getByLabel('Files').setInputFiles(path);
    return uploading;
  };
  const received = () =>
    store.journal.bytesReceived({ operation: way === 'in one request' ? 'PutObject' : 'UploadPart' });
  const before = received();
  const sent = (bytes: number) =>
    expect.poll(received, { intervals: [20], timeout: HANGS }).toBeGreaterThanOrEqual(before + bytes);
  let uploading = await open();
  if (way === 'resumed') {
    await uploading.start();
    await sent(PART + MiB);
    uploading = await open();
  }
  if (moment === 'before the start') make();
  due = true;
  const began = Date.now();
  const resent = received() - before;
  await uploading.start();
  const ended = page.evaluate(() => window.uploading.then(() => 'ended'));
  const act = async () => {
    if (moment === 'in mid-part') await sent(resent + MiB);
    if (moment === 'before Complete') await sent(way === 'resumed' ? resent + 2 * PART - 2_000 : size);
    if (moment === 'in mid-part' || moment === 'before Complete') make();
  };
  const acting = act();
  // An upload that ends early ends the waiting for its bytes too.
  await Promise.race([acting, ended]);
  acting.catch(() => {});
  const end = await Promise.race([ended, new Promise<string>((resolve) => setTimeout(() => resolve('hangs'), HANGS))]);
  const told = await page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    const [file] = uppy.getFiles();
    const body = file?.response?.body as { verifiedBy?: string; secondLook?: string } | undefined;
    const snapshot = plugin.uploads.get(file?.id ?? '');
    return {
      end: snapshot?.error?.code ?? snapshot?.status ?? 'nothing',
      verifiedBy: body?.verifiedBy,
      secondLook: body?.secondLook,
    };
  });
  if (!changed) make();
  const now = sha256(readFileSync(path));
  rmSync(path);
  const objects = await Promise.all(
    store
      .objects(bucket)
      .filter(({ key }) => key.endsWith(name))
      .map(async ({ key }) => {
        const stored = await store.sha256(bucket, key);
        return stored === old ? 'old' : stored === now ? 'new' : 'a mix';
      }),
  );
  faults.intercept = () => undefined;
  return { ...told, ...(end === 'hangs' && { end }), objects, took: Date.now() - began };
}

/** What is wrong with an outcome; undefined where it is as it must be. */
export function faultOf({ change, way }: Cell, { end, objects, verifiedBy }: Outcome): string | undefined {
  if (end === 'hangs') return 'hangs';
  if (objects.includes('a mix')) return end === 'complete' ? 'a mix, and success' : 'a mix';
  if (end === 'complete') {
    if (objects.length !== 1) return 'success without an object';
    if (verifiedBy !== (way === 'in one request' ? 'MD5' : 'CRC64NVME')) return `verified by ${verifiedBy}`;
    return undefined;
  }
  if (change.what === 'nothing') return `${end}, though nothing changed`;
  return end.startsWith('file-') ? undefined : `told as ${end}`;
}
