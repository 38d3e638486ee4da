import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createScene, snapshotOf } from '../stories/scripted-uploads.ts';
import { english } from '../text/english.ts';
import { announcement, NO_NEWS } from './announcements.ts';
import { createUploadQueue } from './upload-queue.ts';
import { watchNews } from './watch-news.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const say = (news: Partial<typeof NO_NEWS>) => announcement({ ...NO_NEWS, ...news }, english);

it('says nothing where there is nothing to say', () => expect(say({})).toBe(''));

it('names one file and counts several', () => {
  expect(say({ complete: ['a.jpg'] })).toBe('a.jpg is uploaded.');
  expect(say({ started: ['a', 'b', 'c'] })).toBe('Uploading 3 files.');
});

it('ends with what failed, and what to do', () =>
  expect(
    say({ complete: ['a.jpg'], failed: [{ name: 'b.jpg', message: 'It was lost.', hint: 'Pick it again.' }] }),
  ).toBe('a.jpg is uploaded. b.jpg was not uploaded. It was lost. Pick it again.'));

it('is silent while a file only moves on', () => {
  const { uppy, uploads, ids } = createScene([{ name: 'a', status: 'uploading', percent: 10 }]);
  const said: string[] = [];
  watchNews(uppy, createUploadQueue(uppy, uploads), english, (text) => said.push(text));
  for (const id of ids)
    for (let percent = 11; percent < 99; percent += 1) uploads.put(id, snapshotOf({ name: 'a', percent }, 'uploading'));
  vi.runAllTimers();
  expect(said).toEqual([]);
});

it('says when the network is lost and back', () => {
  const { uppy, uploads, ids } = createScene([{ name: 'a', status: 'uploading' }]);
  const said: string[] = [];
  watchNews(uppy, createUploadQueue(uppy, uploads), english, (text) => said.push(text));
  for (const status of ['offline', 'offline', 'uploading'] as const) {
    for (const id of ids) uploads.put(id, snapshotOf({ name: 'a' }, status));
    vi.runOnlyPendingTimers();
  }
  expect(said).toEqual([english.saidOffline, english.saidOnline]);
});

it('makes one sentence of many files', () => {
  const { uppy, uploads } = createScene(Array.from({ length: 40 }, (_, index) => ({ name: `${index}.jpg` })));
  const said: string[] = [];
  const stop = watchNews(uppy, createUploadQueue(uppy, uploads), english, (text) => said.push(text));
  for (const file of uppy.getFiles()) uppy.emit('upload-success', file, { status: 200 });
  vi.runOnlyPendingTimers();
  expect(said).toEqual(['40 files are uploaded.']);
  stop();
});

it('says nothing after it was stopped', () => {
  const { uppy, uploads } = createScene([{ name: 'a' }]);
  const said: string[] = [];
  const stop = watchNews(uppy, createUploadQueue(uppy, uploads), english, (text) => said.push(text));
  for (const file of uppy.getFiles()) uppy.emit('upload-success', file, { status: 200 });
  stop();
  vi.runOnlyPendingTimers();
  expect(said).toEqual([]);
});
