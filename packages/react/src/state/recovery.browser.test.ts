import type { UnfinishedUpload } from '@portage/uppy';
import { Uppy } from '@uppy/core';
import { expect, it, vi } from 'vitest';
import { createRecovery } from './recovery.ts';

const FILM: UnfinishedUpload = { id: '1', name: 'film.mp4', size: 1, type: '', startedAt: 0, oneClick: true };

it('looks again when another page, such as the one before this, lets go of an upload', async () => {
  const list = vi.fn<() => Promise<readonly UnfinishedUpload[]>>().mockResolvedValueOnce([]).mockResolvedValue([FILM]);
  const stop = vi.fn();
  let freed = () => {};
  const onFreed = (listener: () => void) => {
    freed = listener;
    return stop;
  };
  const nothing = async () => {};
  const recovery = createRecovery(new Uppy(), { list, onFreed, continue: nothing, discard: nothing, clear: nothing });
  const end = recovery.subscribe(() => {});
  await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(1));
  expect(recovery.get()).toEqual([]);
  freed();
  await vi.waitFor(() => expect(recovery.get().map(({ upload }) => upload.name)).toEqual(['film.mp4']));
  end();
  expect(stop).toHaveBeenCalledTimes(1);
});
