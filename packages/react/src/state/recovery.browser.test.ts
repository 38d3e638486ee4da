import type { UnfinishedUpload } from '@portage/uppy';
import { Uppy } from '@uppy/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRecovery } from './recovery.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const FILM: UnfinishedUpload = { id: '1', name: 'film.mp4', size: 1, type: '', startedAt: 0, oneClick: true };

it('looks again for what the page before still held when this one began', async () => {
  const list = vi.fn<() => Promise<readonly UnfinishedUpload[]>>().mockResolvedValueOnce([]).mockResolvedValue([FILM]);
  const recovery = createRecovery(new Uppy(), { list, continue: async () => {}, discard: async () => {} });
  const end = recovery.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  expect(recovery.get()).toEqual([]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(recovery.get().map(({ upload }) => upload.name)).toEqual(['film.mp4']);
  end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(list).toHaveBeenCalledTimes(2);
});
