import { Uppy } from '@uppy/core';
import type { Meta } from '@uppy/core/utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fileOfSize, ScriptedUploads } from '../stories/scripted-uploads.ts';
import { addFiles } from './add-files.ts';
import { moveFile } from './move-file.ts';
import { createRefusals } from './refusals.ts';
import { createUploadQueue, WINDOW } from './upload-queue.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const SIZE = 1000;
const named = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => fileOfSize(`file ${from + index}.jpg`, SIZE));

function setUp(restrictions: object = {}, { autoProceed = true } = {}) {
  const uppy = new Uppy({ restrictions, autoProceed, logger: { debug() {}, warn() {}, error() {} } });
  uppy.use(ScriptedUploads);
  const scripted = uppy.getPlugin<ScriptedUploads<Meta, Record<string, never>>>('ScriptedUploads');
  if (!scripted) throw new Error('Uppy lost its plugin.');
  // The stand-in uploads nothing by itself; a batch is over when every file of it is.
  const settle = new Map<string, () => void>();
  uppy.addUploader((ids) =>
    Promise.all(ids.map((id) => new Promise<void>((done) => settle.set(id, done)))).then(() => {}),
  );
  const queue = createUploadQueue(uppy, scripted);
  const refusals = createRefusals(uppy);
  refusals.subscribe(() => {});
  const inUppy = () => uppy.getFiles().map(({ name }) => name);
  const store = async (count = Number.POSITIVE_INFINITY) => {
    const unfinished = uppy.getFiles().filter(({ id }) => scripted.get(id)?.status !== 'complete');
    for (const file of unfinished.slice(0, count)) {
      const progress = { loaded: SIZE, total: SIZE, percent: 100, speed: 0, eta: 0 };
      scripted.put(file.id, { status: 'complete', progress, retryAt: undefined, error: undefined });
      uppy.emit('upload-success', file, { status: 200, body: {} });
      settle.get(file.id)?.();
    }
    await vi.advanceTimersByTimeAsync(200);
  };
  const add = (files: File[]) => addFiles({ uppy, queue, refusals }, files);
  return { uppy, scripted, queue, refusals, add, inUppy, store };
}

it('leaves a short list to Uppy alone', async () => {
  const { queue, add, inUppy, store } = setUp();
  expect(add(named(WINDOW))).toHaveLength(WINDOW);
  expect(inUppy()).toHaveLength(WINDOW);
  await vi.advanceTimersByTimeAsync(100);
  await store();
  expect(inUppy()).toHaveLength(WINDOW);
  expect(queue.outside.size).toBe(0);
});

it('says what to do about a file that is behind a Proxy, in words of its own, and adds none of the others', () => {
  const { add, inUppy } = setUp();
  const [first, second] = named(2) as [File, File];
  expect(() => add([first, new Proxy(second, {})])).toThrow(/such as a Proxy.+Tell the owner of this page/);
  expect(inUppy()).toEqual([]);
});

it('keeps a window of a long list in Uppy, and goes through it in order', async () => {
  const { queue, add, inUppy, store } = setUp();
  const ids = add(named(1000));
  expect(inUppy()).toHaveLength(WINDOW);
  expect(queue.ids()).toEqual(ids);
  await vi.advanceTimersByTimeAsync(100);
  await store();
  expect(inUppy()[0]).toBe('file 100.jpg');
  let rounds = 0;
  while (queue.outside.sums.waiting > 0 && rounds++ < 100) {
    expect(inUppy().length).toBeLessThanOrEqual(WINDOW);
    await vi.advanceTimersByTimeAsync(100);
    await store();
  }
  await vi.advanceTimersByTimeAsync(100);
  await store();
  expect(queue.ids()).toEqual(ids);
  expect(queue.uploads.totals().counts.complete).toBe(1000);
  expect(queue.uploads.get(ids[0] ?? '')?.status).toBe('complete');
});

it('counts what waits in the totals, so that progress does not go back when its turn comes', async () => {
  const { queue, add, store } = setUp();
  add(named(300));
  await vi.advanceTimersByTimeAsync(100);
  let before = 0;
  for (let round = 0; round < 8; round++) {
    await store(60);
    const { percent, total } = queue.uploads.totals().progress;
    expect(total).toBeLessThanOrEqual(300 * SIZE);
    expect(percent).toBeGreaterThanOrEqual(before);
    before = percent;
  }
  expect(before).toBe(100);
});

it('says at once what Uppy would refuse later, and what is there twice', () => {
  const { refusals, add, queue } = setUp({ maxFileSize: SIZE });
  const files = named(150);
  add([...files, ...files.slice(0, 2), fileOfSize('big.jpg', SIZE + 1)]);
  expect(refusals.get().map(({ reason }) => reason)).toEqual(['duplicate', 'duplicate', 'too-large']);
  expect(queue.ids()).toHaveLength(150);
  add(files.slice(120, 121));
  expect(refusals.get().at(-1)?.reason).toBe('duplicate');
});

it('returns the ids of those that were taken, and of none that was there before: whoever waits for one would wait for ever', async () => {
  const { add, store } = setUp();
  const files = named(2);
  const ids = add(files);
  await vi.advanceTimersByTimeAsync(100);
  await store();
  expect(add(files)).toEqual([]);
  expect(add([...files, ...named(1, 2)])).toHaveLength(1);
  expect(ids).toHaveLength(2);
});

it('keeps what people have said of a file that failed and is picked again: its row shows it', async () => {
  const { uppy, scripted, add } = setUp();
  const [file] = named(1);
  const [id = ''] = add([file as File]);
  uppy.setFileMeta(id, { caption: 'Lake', contentEncoding: 'gzip' });
  const progress = { loaded: 0, total: SIZE, percent: 0, speed: 0, eta: undefined };
  scripted.put(id, { status: 'failed', progress, retryAt: undefined, error: undefined });
  expect(add([file as File])).toEqual([id]);
  expect(uppy.getFile(id).meta).toMatchObject({ caption: 'Lake', name: 'file 0.jpg' });
  expect(uppy.getFile(id).meta).not.toHaveProperty('contentEncoding');
});

it('counts all files against the limits, also those outside Uppy', () => {
  const { refusals, add, queue } = setUp({ maxNumberOfFiles: 200 });
  add(named(150));
  expect(add(named(60, 150))).toEqual([]);
  expect(refusals.get()).toEqual([{ reason: 'too-many', limit: 200 }]);
  expect(queue.ids()).toHaveLength(150);
});

it('starts nothing new while all is paused, and counts it among nothing that is under way', async () => {
  const { uppy, queue, add, inUppy, store } = setUp();
  add(named(300));
  await vi.advanceTimersByTimeAsync(100);
  uppy.pauseAll();
  expect(queue.uploads.totals().counts.queued).toBe(0);
  await store(80);
  expect(inUppy()).not.toContain('file 150.jpg');
  uppy.resumeAll();
  expect(queue.uploads.totals().counts.queued).toBe(200);
  await vi.advanceTimersByTimeAsync(100);
  expect(inUppy()).toContain('file 150.jpg');
});

it('lets go of everything when all is canceled, and of single files', () => {
  const { uppy, queue, add } = setUp();
  const ids = add(named(300));
  queue.remove(ids.slice(200, 210));
  expect(queue.ids()).toHaveLength(290);
  uppy.cancelAll();
  expect(queue.ids()).toEqual([]);
});

it('waits for the start where files do not start by themselves', async () => {
  const { uppy, queue, add, store } = setUp({}, { autoProceed: false });
  add(named(300));
  expect(queue.uploads.totals().counts.queued).toBe(0);
  queue.start();
  uppy.upload().catch(() => {});
  await vi.advanceTimersByTimeAsync(100);
  expect(queue.uploads.totals().counts.queued).toBe(200);
  for (let round = 0; round < 6; round++) await store();
  expect(queue.uploads.totals().counts.complete).toBe(300);
});

it('keeps the order that a person gave a long list: while files go through Uppy, once all are stored, and for later ones', async () => {
  const { uppy, queue, add, inUppy, store } = setUp();
  const ids = add(named(300));
  const [first = '', second = ''] = ids;
  const last = ids.at(-1) ?? '';
  moveFile(uppy, queue, first, ids.length - 1);
  // Into the middle of those that Uppy has, from outside.
  moveFile(uppy, queue, last, 1);
  const order = [second, last, ...ids.slice(2, -1), first];
  expect(queue.ids()).toEqual(order);
  expect(inUppy().slice(-2)).toEqual(['file 99.jpg', 'file 0.jpg']);
  for (let round = 0; round < 8; round++) await store(60);
  expect(queue.uploads.totals().counts.complete).toBe(300);
  expect(queue.ids()).toEqual(order);
  // A few are left, all of them inside Uppy.
  queue.clearDone();
  uppy.removeFiles(uppy.getFiles().map(({ id }) => id));
  expect(queue.ids()).toEqual([]);
  const anew = add(named(3));
  moveFile(uppy, queue, anew[2] ?? '', 0);
  expect(inUppy()).toEqual(['file 2.jpg', 'file 0.jpg', 'file 1.jpg']);
  expect(queue.ids()).toEqual([anew[2], anew[0], anew[1]]);
});

it('keeps that order too where nothing is outside Uppy any more', async () => {
  const { uppy, queue, add, store } = setUp();
  const ids = add(named(120));
  moveFile(uppy, queue, ids[119] ?? '', 0);
  for (let round = 0; round < 2; round++) await store(30);
  queue.clearDone();
  await vi.advanceTimersByTimeAsync(200);
  expect(queue.outside.size).toBe(0);
  expect(queue.ids()[0]).toBe(ids[119]);
  expect(queue.ids().length).toBeGreaterThan(50);
});
