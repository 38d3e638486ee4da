import { expect, it } from 'vitest';
import { createOpenUploads } from './open-uploads.ts';

const MiB = 1024 * 1024;

/** Everything that would be opened now. */
function takeAll<Upload>(open: { take(): Upload | undefined }): Upload[] {
  const taken: Upload[] = [];
  for (let next = open.take(); next; next = open.take()) taken.push(next);
  return taken;
}

function waiting(count: number, size: number, smallAtOnce = 8) {
  const open = createOpenUploads<{ source: { size: number } }>(
    () => 6,
    () => smallAtOnce,
    () => 0,
  );
  for (let i = 0; i < count; i += 1) open.want({ source: { size } }, true);
  return open;
}

it('opens twice as many files as requests may go at once, and one for each that ends', () => {
  const open = waiting(20, 2 * MiB);
  const [first] = takeAll(open);
  expect(takeAll(open)).toHaveLength(0);
  if (first) open.release(first);
  expect(takeAll(open)).toHaveLength(1);
});

it('opens small files in bunches, the next when half of one has ended', () => {
  const open = waiting(200, MiB);
  const taken = takeAll(open);
  expect(taken).toHaveLength(60);
  for (const upload of taken.splice(0, 29)) open.release(upload);
  expect(takeAll(open)).toHaveLength(0);
  for (const upload of taken.splice(0, 1)) open.release(upload);
  expect(takeAll(open)).toHaveLength(30);
});

it('opens the last small files as soon as there is room for all of them', () => {
  const open = waiting(65, MiB);
  const taken = takeAll(open);
  for (const upload of taken.splice(0, 4)) open.release(upload);
  expect(takeAll(open)).toHaveLength(0);
  for (const upload of taken.splice(0, 1)) open.release(upload);
  expect(takeAll(open)).toHaveLength(5);
});

it('opens three times as many small files as may go at once, so that some wait to be sent', () => {
  expect(takeAll(waiting(500, MiB, 100))).toHaveLength(300);
});

it('opens the last ones, and those that come later, at once', () => {
  const open = waiting(10, MiB);
  expect(takeAll(open)).toHaveLength(10);
  open.want({ source: { size: 1 } }, true);
  expect(takeAll(open)).toHaveLength(1);
});

it('lets large files wait for large ones only', () => {
  const open = waiting(200, MiB);
  takeAll(open);
  open.want({ source: { size: 5 * MiB } }, true);
  expect(takeAll(open)).toHaveLength(1);
});
