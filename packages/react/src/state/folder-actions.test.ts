import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createScene, fileOfSize } from '../stories/scripted-uploads.ts';
import { addFiles } from './add-files.ts';
import { createFileActions } from './file-actions.ts';
import { createFolderActions } from './folder-actions.ts';
import { folderStats, folderStatus } from './folder-stats.ts';
import { createRefusals } from './refusals.ts';
import { createRemovals } from './removals.ts';
import { createUploadQueue, WINDOW } from './upload-queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** 500 files of a folder and 20 beside it, in a list whose uploads begin by themselves and stay at 0 %. */
function setUp() {
  const { uppy, uploads } = createScene([]);
  const begin = (ids: readonly string[]): void => {
    for (const id of ids) {
      const { size = 0, isPaused } = uppy.getFile(id);
      const progress = { loaded: 0, total: size ?? 0, percent: 0, speed: 0, eta: undefined };
      const status = isPaused ? 'paused' : 'uploading';
      uploads.put(id, { status, progress, retryAt: undefined, error: undefined });
    }
  };
  uppy.addUploader(async (ids) => {
    begin(ids);
    await new Promise(() => {});
  });
  const queue = createUploadQueue(uppy, uploads);
  const picked = (folder: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      file: fileOfSize(`${folder} ${index}.jpg`, 10),
      relativePath: `${folder}/${index}.jpg`,
    }));
  const refusals = createRefusals(uppy);
  const trips = picked('trip', 500);
  const pick = () => addFiles({ uppy, queue, refusals }, trips);
  const trip = pick();
  const work = addFiles({ uppy, queue, refusals }, picked('work', 20));
  const actions = createFolderActions(uppy, queue, { current: null }, trip);
  const inUppy = (ids: readonly string[]) => ids.filter((id) => id in uppy.getState().files).length;
  const statusOf = (ids: readonly string[]) => folderStatus(folderStats(queue, ids));
  return { uppy, queue, uploads, actions, trip, work, inUppy, statusOf, pick };
}

it('pauses a folder with what waits of it outside of Uppy, and others have their turn', async () => {
  const { actions, trip, work, inUppy, statusOf } = setUp();
  await vi.advanceTimersByTimeAsync(1000);
  expect([inUppy(trip), inUppy(work)]).toEqual([WINDOW, 0]);
  actions.pause();
  expect(statusOf(trip)).toBe('paused');
  await vi.advanceTimersByTimeAsync(1000);
  expect([inUppy(trip), inUppy(work)]).toEqual([WINDOW, 20]);
  expect([statusOf(trip), statusOf(work)]).toEqual(['paused', 'uploading']);
});

it('goes on with a folder where it was, also when all is resumed', async () => {
  for (const goOn of ['resume', 'resume-all'] as const) {
    const { uppy, queue, uploads, actions, trip, inUppy, statusOf } = setUp();
    await vi.advanceTimersByTimeAsync(1000);
    actions.pause();
    await vi.advanceTimersByTimeAsync(1000);
    if (goOn === 'resume') actions.resume();
    else uppy.resumeAll();
    expect(statusOf(trip)).toBe('uploading');
    for (const id of trip.slice(0, WINDOW)) {
      const progress = { loaded: 10, total: 10, percent: 100, speed: 0, eta: 0 };
      uploads.put(id, { status: 'complete', progress, retryAt: undefined, error: undefined });
      uppy.emit('upload-success', uppy.getFile(id), { status: 200, body: {} });
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(trip.filter((id) => queue.outside.get(id)?.at === 'waiting')).toHaveLength(500 - 2 * WINDOW + 20);
    expect(inUppy(trip)).toBeGreaterThan(0);
  }
});

it('pauses also those files of a folder that are prepared: they have no upload yet', async () => {
  const { uppy, actions, trip, inUppy, statusOf } = setUp();
  let goOn = () => {};
  const prepared = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  uppy.addPreProcessor(() => prepared);
  await vi.advanceTimersByTimeAsync(1000);
  expect(inUppy(trip)).toBe(WINDOW);
  actions.pause();
  goOn();
  await vi.advanceTimersByTimeAsync(1000);
  expect(statusOf(trip)).toBe('paused');
});

it('leaves one listener on Uppy, however often folders are paused', async () => {
  const { uppy, queue, actions } = setUp();
  await vi.advanceTimersByTimeAsync(1000);
  for (let times = 0; times < 3; times += 1) {
    actions.pause();
    actions.resume();
  }
  const add = vi.spyOn(queue, 'add');
  uppy.resumeAll();
  expect(add).toHaveBeenCalledTimes(1);
});

it('sends a folder that was paused, taken out and picked again, but keeps one paused that comes back by Undo', async () => {
  for (const back of ['picked', 'undone'] as const) {
    const { uppy, queue, trip, statusOf, pick } = setUp();
    const removals = createRemovals(uppy, queue);
    const stop = removals.list.subscribe(() => {});
    const actions = createFolderActions(uppy, queue, { current: removals }, trip);
    await vi.advanceTimersByTimeAsync(1000);
    actions.pause();
    await vi.advanceTimersByTimeAsync(1000);
    actions.remove();
    if (back === 'undone') removals.undo();
    else {
      removals.settle();
      pick();
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(queue.ids()).toHaveLength(520);
    expect(statusOf(trip)).toBe(back === 'undone' ? 'paused' : 'uploading');
    expect(queue.outside.sums.held).toBe(back === 'undone' ? 400 : 0);
    stop();
  }
});

it('says of each file of a paused folder that it is paused, counts it so among all, and resumes one of them alone', async () => {
  const { uppy, queue, uploads, actions, trip, work, inUppy } = setUp();
  await vi.advanceTimersByTimeAsync(1000);
  actions.pause();
  await vi.advanceTimersByTimeAsync(1000);
  expect(new Set(trip.map((id) => queue.uploads.get(id)?.status))).toEqual(new Set(['paused']));
  expect(queue.uploads.totals().counts).toMatchObject({ paused: 500, queued: 0, uploading: 20 });
  // React takes another object for a change.
  expect(queue.uploads.get(trip[499] ?? '')).toBe(queue.uploads.get(trip[499] ?? ''));
  createFileActions(uppy, queue, trip[499] ?? '').resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(uploads.get(trip[499] ?? '')?.status).toBe('uploading');
  expect(queue.uploads.totals().counts).toMatchObject({ paused: 499, queued: 0, uploading: 21 });
  expect([inUppy(trip), inUppy(work)]).toEqual([WINDOW + 1, 20]);
});

it('takes out the folder alone, wherever its files are', async () => {
  const { queue, actions, work } = setUp();
  await vi.advanceTimersByTimeAsync(1000);
  actions.remove();
  await vi.advanceTimersByTimeAsync(1000);
  expect(queue.ids()).toEqual(work);
});

it('adds up sizes also of files that were not started', () => {
  const { queue, trip } = setUp();
  expect(folderStats(queue, trip)).toMatchObject({ total: 500, bytes: 5000 });
});
