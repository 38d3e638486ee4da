import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createScene, type SceneFile } from '../stories/scripted-uploads.ts';
import { createRefusals } from './refusals.ts';
import { createRemovals } from './removals.ts';
import { createUploadActions } from './upload-actions.ts';
import { createUploadQueue } from './upload-queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const UPLOADING: SceneFile = { name: 'a.mov', size: 100, status: 'uploading', percent: 40 };
const STORED: SceneFile = { name: 'b.jpg', size: 60, status: 'complete' };

function setUp(...files: SceneFile[]) {
  const { uppy, uploads, ids } = createScene(files);
  const queue = createUploadQueue(uppy, uploads);
  const removals = createRemovals(uppy, queue);
  const stop = removals.list.subscribe(() => {});
  const inUppy = () => uppy.getFiles().map(({ name }) => name);
  return { uppy, uploads, queue, removals, stop, inUppy, first: ids[0] ?? '', second: ids[1] ?? '' };
}

it('pauses what is taken out, shows and counts it nowhere, and aborts nothing for six seconds', () => {
  const { queue, removals, inUppy, first, second } = setUp(UPLOADING, STORED);
  removals.remove([first]);
  expect(queue.ids()).toEqual([second]);
  expect(queue.uploads.get(first)?.status).toBe('paused');
  expect(queue.uploads.totals()).toMatchObject({
    counts: { paused: 0, uploading: 0, complete: 1 },
    progress: { loaded: 60, total: 60, percent: 100 },
  });
  vi.advanceTimersByTime(5_999);
  expect(inUppy()).toEqual(['a.mov', 'b.jpg']);
  vi.advanceTimersByTime(1);
  expect(inUppy()).toEqual(['b.jpg']);
  expect(queue.ids()).toEqual([second]);
  expect(removals.list.get()).toEqual([]);
});

it('puts all that was taken out where it was, and goes on with what was under way alone', () => {
  const paused: SceneFile = { name: 'c.mov', size: 100, status: 'paused', percent: 10 };
  const { queue, removals, inUppy, first, second } = setUp(UPLOADING, paused);
  const before = queue.uploads.totals();
  removals.remove([first]);
  removals.remove([second]);
  expect(removals.list.get().map(({ name }) => name)).toEqual(['a.mov', 'c.mov']);
  removals.undo();
  expect(queue.ids()).toEqual([first, second]);
  expect([first, second].map((id) => queue.uploads.get(id)?.status)).toEqual(['uploading', 'paused']);
  expect(queue.uploads.totals().counts).toEqual(before.counts);
  vi.advanceTimersByTime(60_000);
  expect(inUppy()).toEqual(['a.mov', 'c.mov']);
});

it('stands still while it is held, and begins anew after', () => {
  const { removals, inUppy, first } = setUp(UPLOADING);
  removals.remove([first]);
  vi.advanceTimersByTime(5_000);
  const release = removals.hold();
  vi.advanceTimersByTime(60_000);
  expect(inUppy()).toEqual(['a.mov']);
  release();
  vi.advanceTimersByTime(5_999);
  expect(inUppy()).toEqual(['a.mov']);
  vi.advanceTimersByTime(1);
  expect(inUppy()).toEqual([]);
});

it('is settled when all are resumed, and when nobody shows it any more', () => {
  const { uppy, removals, stop, inUppy, first, second } = setUp(UPLOADING, STORED);
  removals.remove([first]);
  uppy.resumeAll();
  expect(inUppy()).toEqual(['b.jpg']);
  removals.remove([second]);
  stop();
  expect(inUppy()).toEqual([]);
});

it('is settled before failed files are tried again: what was taken out is not to be stored', () => {
  const error = { code: 'no-progress', message: 'Nothing moves.', hint: 'Try again.' };
  const { uppy, queue, removals, inUppy, first } = setUp({ name: 'a.mov', status: 'failed', error }, STORED);
  const refs = { removalsRef: { current: removals }, inputRef: { current: null } };
  const { retryAll } = createUploadActions({ uppy, queue, refusals: createRefusals(uppy), ...refs });
  removals.remove([first]);
  retryAll();
  expect(inUppy()).toEqual(['b.jpg']);
});

it('takes out at once what cannot be paused', () => {
  const { removals, inUppy, first } = setUp({ name: 'a.mov', status: 'verifying' });
  removals.remove([first]);
  expect(inUppy()).toEqual([]);
  expect(removals.list.get()).toEqual([]);
});

it('pauses what has no upload yet, such as a file that is prepared: it would be stored behind the person’s back', () => {
  for (const wasPaused of [false, true]) {
    const { uppy, removals, first } = setUp({ name: 'a.mov' });
    uppy.setFileState(first, { isPaused: wasPaused });
    removals.remove([first]);
    expect(uppy.getFile(first).isPaused).toBe(true);
    removals.undo();
    expect(uppy.getFile(first).isPaused).toBe(wasPaused);
  }
});

it('brings back what was stored and put away, and what waits for its turn', () => {
  const { uploads, queue, removals } = setUp();
  const snapshot = { status: 'complete', progress: { loaded: 1, total: 1, percent: 100, speed: 0, eta: 0 } } as const;
  const info = { id: 'old', name: 'old.jpg', size: 1, type: '', relativePath: undefined };
  queue.put([
    { at: 'done', info, snapshot: { ...snapshot, retryAt: undefined, error: undefined }, body: undefined },
    {
      at: 'done',
      info: { ...info, id: 'other' },
      snapshot: { ...snapshot, retryAt: undefined, error: undefined },
      body: undefined,
    },
  ]);
  expect(uploads.get('old')).toBeUndefined();
  removals.remove(['old']);
  expect(queue.ids()).toEqual(['other']);
  removals.undo();
  expect(queue.ids()).toEqual(['old', 'other']);
});
