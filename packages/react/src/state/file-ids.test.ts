import { Uppy } from '@uppy/core';
import { expect, it, vi } from 'vitest';
import { fileOfSize, ScriptedUploads } from '../stories/scripted-uploads.ts';
import { createFileIds } from './file-ids.ts';
import { findUploads } from './find-plugin.ts';
import { createUploadQueue } from './upload-queue.ts';

const named = (name: string) => ({ name, data: fileOfSize(name, 1) });
const fileIdsOf = (uppy: Uppy) => createFileIds(uppy, createUploadQueue(uppy, findUploads(uppy.use(ScriptedUploads))));
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

it('changes once for a whole batch, coming and going', async () => {
  const uppy = new Uppy();
  const ids = fileIdsOf(uppy);
  const listener = vi.fn();
  ids.subscribe(listener);
  uppy.addFiles(Array.from({ length: 100 }, (_, index) => named(`file ${index}`)));
  await settled();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(ids.get()).toHaveLength(100);
  uppy.cancelAll();
  await settled();
  expect(listener).toHaveBeenCalledTimes(2);
  expect(ids.get()).toEqual([]);
});

it('does not change while files only move on', async () => {
  const uppy = new Uppy();
  uppy.addFiles([named('a')]);
  const ids = fileIdsOf(uppy);
  const before = ids.get();
  const listener = vi.fn();
  ids.subscribe(listener);
  for (const { id } of uppy.getFiles()) uppy.setFileState(id, { isPaused: true });
  await settled();
  expect(listener).not.toHaveBeenCalled();
  expect(ids.get()).toBe(before);
});

it('finds files that came while nobody listened', async () => {
  const uppy = new Uppy();
  const ids = fileIdsOf(uppy);
  uppy.addFiles([named('a')]);
  ids.subscribe(() => {});
  await settled();
  expect(ids.get()).toHaveLength(1);
});

it('leaves nothing on Uppy after the last listener', () => {
  const uppy = new Uppy();
  const queue = createUploadQueue(uppy, findUploads(uppy.use(ScriptedUploads)));
  const on = vi.spyOn(uppy, 'on');
  const off = vi.spyOn(uppy, 'off');
  const ids = createFileIds(uppy, queue);
  const [first, second] = [ids.subscribe(() => {}), ids.subscribe(() => {})];
  first();
  expect(off).not.toHaveBeenCalled();
  second();
  expect(off.mock.calls).toEqual(on.mock.calls);
});
