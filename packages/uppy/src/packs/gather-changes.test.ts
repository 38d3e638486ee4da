import Uppy from '@uppy/core';
import { expect, it } from 'vitest';
import { nextTask } from '../next-task.ts';
import { gatherChanges } from './gather-changes.ts';

function withFiles(count: number) {
  const uppy = new Uppy();
  uppy.addFiles(
    Array.from({ length: count }, (_, index) => ({ name: `${index}.txt`, type: 'text/plain', data: new Blob(['x']) })),
  );
  uppy.emit('upload-start', uppy.getFiles());
  gatherChanges(uppy);
  const heard: number[] = [];
  uppy.on('state-update', (before, now, patch) => {
    if (patch?.files) heard.push(Object.keys(now.files).filter((id) => before.files[id] !== now.files[id]).length);
  });
  const ids = uppy.getFiles().map(({ id }) => id);
  const stored = (id: string) =>
    uppy.emit('upload-success', uppy.getFile(id), { status: 200, uploadURL: `of ${id}`, body: {} });
  return { uppy, heard, ids, stored };
}

it('tells of many files in one change, and whoever asks sees each at once', async () => {
  const { uppy, heard, ids, stored } = withFiles(300);
  for (const id of ids.slice(0, 32)) {
    stored(id);
    expect(uppy.getFile(id)).toMatchObject({ uploadURL: `of ${id}`, progress: { percentage: 100 } });
  }
  // The first had Uppy tell of all files' progress.
  expect(heard).toEqual([1]);
  await nextTask();
  expect(heard).toEqual([1, 31]);
  expect(uppy.getFile(ids[0] as string)).toMatchObject({ uploadURL: `of ${ids[0]}` });
  await nextTask();
  expect(heard).toHaveLength(2);
});

it('loses nothing to what else changes in the same task', async () => {
  const { uppy, heard, ids, stored } = withFiles(300);
  const [first = '', second = '', third = ''] = ids;
  stored(first);
  uppy.removeFile(second);
  stored(third);
  uppy.setState({ totalProgress: 50 });
  expect(uppy.getState()).toMatchObject({ totalProgress: 50, files: { [first]: { uploadURL: `of ${first}` } } });
  await nextTask();
  expect(uppy.getFile(second)).toBeUndefined();
  expect(uppy.getFile(third)).toMatchObject({ uploadURL: `of ${third}` });
  expect(Object.keys(uppy.store.getState().files)).toHaveLength(299);
  expect(heard.length).toBeGreaterThan(0);
});

it('changes nothing for a page with few files', () => {
  const { heard, ids, stored } = withFiles(20);
  for (const id of ids) stored(id);
  expect(heard).toEqual(ids.map(() => 1));
});
