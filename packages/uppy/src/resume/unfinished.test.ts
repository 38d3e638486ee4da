/** Who is told that an upload may go on, with Maps in place of the browser's database and locks. */
import type { Backend } from '@portage/engine';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeLocks } from '../../test/locks.ts';
import type { PageFiles } from './page-files.ts';
import type { ResumeRecord } from './resume-record.ts';
import type { ResumeStore } from './resume-store.ts';
import { createUnfinishedUploads } from './unfinished.ts';
import { takeUpload } from './upload-lock.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { locks: createFakeLocks() });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page with one record of an upload. */
function openPage() {
  const record = { id: 'film', name: 'film.mp4', size: 1, type: '', createdAt: 0 } as ResumeRecord;
  const store = { list: async () => [record], get: async () => record } as unknown as ResumeStore;
  return createUnfinishedUploads({ store, scope: () => '', backend: {} as Backend, files: {} as PageFiles });
}

it.each([0, 500, 999, 1_001, 60_000])(
  'who listens is told of an upload that a tab lets go of, however soon: after %d ms',
  async (ms) => {
    const letGo = await takeUpload('film');
    const unfinished = openPage();
    const told = vi.fn();
    const listed = unfinished.list();
    unfinished.onFreed(told);
    await vi.advanceTimersByTimeAsync(ms);
    letGo?.();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(told).toHaveBeenCalledOnce();
    expect(await listed).toHaveLength(ms < 1_000 ? 1 : 0);
  },
);

it('what no tab works on is listed, and nobody is told that it was let go', async () => {
  const unfinished = openPage();
  const told = vi.fn();
  unfinished.onFreed(told);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await unfinished.list()).toHaveLength(1);
  expect(told).not.toHaveBeenCalled();
});

it('who does not listen any more is not told', async () => {
  const letGo = await takeUpload('film');
  const told = vi.fn();
  const stop = openPage().onFreed(told);
  await vi.advanceTimersByTimeAsync(10);
  stop();
  letGo?.();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told).not.toHaveBeenCalled();
});
