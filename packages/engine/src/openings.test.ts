import { expect, it } from 'vitest';
import { createOpenings } from './openings.ts';

const MiB = 1024 * 1024;

/** Everything that would be opened now. */
function takeAll<Upload>(openings: { take(): Upload | undefined }): Upload[] {
  const taken: Upload[] = [];
  for (let next = openings.take(); next; next = openings.take()) taken.push(next);
  return taken;
}

function waiting(count: number, size: number) {
  const openings = createOpenings<{ source: { size: number } }>(
    () => 6,
    () => 0,
  );
  for (let i = 0; i < count; i += 1) openings.want({ source: { size } }, true);
  return openings;
}

it('opens twice as many files as there are lanes, and one for each that ends', () => {
  const openings = waiting(20, 2 * MiB);
  const [first] = takeAll(openings);
  expect(takeAll(openings)).toHaveLength(0);
  if (first) openings.release(first);
  expect(takeAll(openings)).toHaveLength(1);
});

it('opens small files in bunches, the next when half of one has ended', () => {
  const openings = waiting(200, MiB);
  const open = takeAll(openings);
  expect(open).toHaveLength(60);
  for (const upload of open.splice(0, 29)) openings.release(upload);
  expect(takeAll(openings)).toHaveLength(0);
  for (const upload of open.splice(0, 1)) openings.release(upload);
  expect(takeAll(openings)).toHaveLength(30);
});

it('opens the last ones, and those that come later, at once', () => {
  const openings = waiting(10, MiB);
  expect(takeAll(openings)).toHaveLength(10);
  openings.want({ source: { size: 1 } }, true);
  expect(takeAll(openings)).toHaveLength(1);
});

it('lets large files wait for large ones only', () => {
  const openings = waiting(200, MiB);
  takeAll(openings);
  openings.want({ source: { size: 5 * MiB } }, true);
  expect(takeAll(openings)).toHaveLength(1);
});
