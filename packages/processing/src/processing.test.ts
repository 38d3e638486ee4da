import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockS3, type MockS3 } from '@portage/mock-s3';
import { s3 } from '@portage/server';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import type { ProcessedFile } from './file.ts';
import { embeddedQueue } from './pg-boss/embedded-queue.ts';
import { pipeline } from './pipeline.ts';
import { createProcessing } from './processing.ts';
import type { StepStatus } from './status.ts';
import { step } from './step.ts';
import { type ImageResult, image } from './steps/image.ts';
import { metadata } from './steps/metadata.ts';

let store: MockS3;
const folder = mkdtempSync(join(tmpdir(), 'portage-processing-test-'));
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const storage = () =>
  s3({ endpoint: store.endpoint, bucket: 'files', region: store.region, credentials: store.credentials[0] });

async function stored(bytes: Uint8Array<ArrayBuffer>, key = `photos/${randomUUID()}/a.jpg`): Promise<ProcessedFile> {
  await storage().putObject({ key, body: bytes, sha256: hash(bytes), headers: { 'content-type': 'image/jpeg' } });
  const seen = await storage().headObject(key);
  return { key, etag: seen?.etag ?? '', size: bytes.length, type: 'image/jpeg', name: 'a.jpg' };
}
const photo = async (background = '#c03020') =>
  new Uint8Array(
    await sharp({ create: { width: 200, height: 100, channels: 3, background } })
      .jpeg()
      .toBuffer(),
  );

const told: string[] = [];
const failures: unknown[] = [];
let troubles = 0;
const own = (version: string) =>
  step({ name: 'own', version, run: async ({ file }) => ({ kind: 'done', result: { letters: file.name.length } }) });
const make = (version = '1') =>
  createProcessing({
    storage: storage(),
    queue,
    onError: (error) => failures.push(error),
    pipelines: {
      photos: pipeline([metadata(), image({ widths: [50, 100] }), own(version)], {
        onProcessed: ({ key }, { own }) => {
          expectTypeOf(own).toExtend<{ state: string }>();
          told.push(key);
        },
      }),
      troubled: pipeline([
        step({
          name: 'passes',
          version: '1',
          async run() {
            troubles += 1;
            if (troubles < 3) throw new Error('the network was away');
            return { kind: 'done', result: troubles };
          },
        }),
        step({ name: 'hangs', version: '1', seconds: 0.2, run: () => new Promise<never>(() => {}) }),
      ]),
    },
  });
const queue = embeddedQueue({ folder: join(folder, 'queue') });
let processing: ReturnType<typeof make>;
beforeAll(async () => {
  store = await createMockS3({ buckets: ['files'] });
  processing = make();
  await processing.work({ atOnce: 2 });
}, 120_000);
afterAll(async () => {
  await processing.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Waits for the end, and says which states were seen. */
async function finished(file: ProcessedFile, from = processing) {
  for (;;) {
    const status = await from.status('photos', file);
    if (status.state === 'done' || status.state === 'failed') return status;
    await from.changed(file, 500);
  }
}

describe('processing', { timeout: 120_000 }, () => {
  it('makes of a stored file what its pipeline says, beside it, and tells how far it is', async () => {
    const bytes = await photo();
    const file = await stored(bytes);
    await processing.enqueue('photos', file);
    const status = await finished(file);
    expect([status.done, status.total]).toEqual([3, 3]);
    expectTypeOf(status.steps.image).toEqualTypeOf<StepStatus<ImageResult>>();
    expect(status.steps.metadata).toMatchObject({ state: 'done', result: { kind: 'picture', width: 200 } });
    expect(status.steps.own).toMatchObject({ state: 'done', result: { letters: 5 } });
    if (status.steps.image.state !== 'done') throw new Error('no pictures');
    expect(status.steps.image.files.map(({ name }) => name)).toEqual(['50.webp', '100.webp']);
    for (const { url, sha256, size, key } of status.steps.image.files) {
      const answer = await fetch(url);
      const shown = new Uint8Array(await answer.arrayBuffer());
      expect([shown.length, hash(shown)]).toEqual([size, sha256]);
      expect(answer.headers.get('content-type')).toBe('image/webp');
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect(key.startsWith(`processed/${file.key}/`)).toBe(true);
    }
    // Told when all is there; the original is as it was.
    await expect.poll(() => told.filter((key) => key === file.key)).toHaveLength(1);
    expect(await store.sha256('files', file.key)).toBe(hash(bytes));
  });

  it('does a file once, however often it is asked for', async () => {
    const file = await stored(await photo('#123456'));
    const before = processing.metrics().files;
    await Promise.all(Array.from({ length: 5 }, () => processing.enqueue('photos', file)));
    await finished(file);
    await processing.enqueue('photos', file);
    await expect.poll(async () => (await processing.counts()).photos).toMatchObject({ waiting: 0, running: 0 });
    expect(processing.metrics().files).toBe(before + 1);
  });

  it('says of a picture that cannot be read what to do, once', async () => {
    const failed = failures.length;
    const file = await stored(new TextEncoder().encode('no picture at all'));
    await processing.enqueue('photos', file);
    const status = await finished(file);
    expect(status.state).toBe('done');
    expect(status.steps.image).toMatchObject({
      state: 'failed',
      code: 'unreadable',
      message: 'This file cannot be shown: it seems to be damaged.',
    });
    expect(status.steps.own).toMatchObject({ state: 'done' });
    expect(failures.length).toBe(failed);
  });

  it('leaves alone a file that is gone, or another one by now', async () => {
    const file = await stored(await photo('#111'));
    const newer = await stored(await photo('#222'), file.key);
    await processing.enqueue('photos', file);
    await processing.enqueue('photos', newer);
    const status = await finished(newer);
    await expect.poll(async () => (await processing.counts()).photos).toMatchObject({ waiting: 0, running: 0 });
    expect(status.done).toBe(3);
    expect((await processing.status('photos', file)).done).toBe(0);
  });

  it('finds files whose enqueuing was lost, and those of other steps', async () => {
    const prefix = `lost-${randomUUID()}/`;
    const files = await Promise.all([1, 2, 3].map(async (n) => stored(await photo('#333'), `${prefix}${n}.jpg`)));
    expect(await processing.sweep('photos', prefix)).toEqual({ files: 0, enqueued: 0 });
    expect(await processing.sweep('photos', prefix, { olderThan: -10 })).toEqual({ files: 3, enqueued: 3 });
    for (const file of files) expect((await finished(file)).done).toBe(3);
    expect(await processing.sweep('photos', prefix, { olderThan: -10 })).toEqual({ files: 3, enqueued: 0 });
    // Another version of one step: its result alone is missing.
    const newer = make('2');
    expect(await newer.sweep('photos', prefix, { olderThan: -10 })).toEqual({ files: 3, enqueued: 3 });
    const [file] = files;
    if (file === undefined) throw new Error('no file');
    expect((await newer.status('photos', file)).done).toBe(2);
  });

  it('tries again what passes, and gives up on what takes too long at its second time', async () => {
    const file = await stored(await photo('#444'));
    await processing.enqueue('troubled', file);
    await expect
      .poll(() => processing.status('troubled', file), { timeout: 90_000 })
      .toMatchObject({
        state: 'done',
        steps: { passes: { state: 'done' }, hangs: { state: 'failed', code: 'too-costly' } },
      });
    expect(troubles).toBe(3);
  });

  it('has no pipeline but those it was given', async () => {
    const file = { key: 'k', etag: '"e"', size: 1, type: '', name: 'k' };
    // @ts-expect-error it is misspelt
    await expect(processing.enqueue('photo', file)).rejects.toMatchObject({ code: 'no-such-pipeline' });
    expect(() => createProcessing({ storage: storage(), queue, pipelines: { 'a b': pipeline([own('1')]) } })).toThrow(
      'letters, digits',
    );
    expect(() => pipeline([own('1'), own('2')])).toThrow('called "own"');
    expect(() => pipeline([{ ...own('1'), seconds: Infinity }])).toThrow('may take Infinity s');
    expect(() => pipeline([{ ...own('1'), seconds: 0 }])).toThrow(TypeError);
  });
});
