import { expect, it } from 'vitest';
import { learnSizes } from './learn-sizes.ts';

/** A file whose size takes the page's thread two milliseconds, as one of the disk does on a slow machine. */
class SlowFile extends File {
  override get size(): number {
    const until = performance.now() + 2;
    while (performance.now() < until);
    return 7;
  }
}

it('asks for every size, and lets the page answer in between', async () => {
  const files = Array.from({ length: 200 }, () => ({ file: new SlowFile([], 'a'), relativePath: undefined }));
  let turns = 0;
  let isOver = false;
  const page = () => {
    turns += 1;
    if (!isOver) setTimeout(page);
  };
  setTimeout(page);
  expect(await learnSizes(files)).toBe(1_400);
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(4);
});

it('does not wait where there are few', async () => {
  let turns = 0;
  const timer = setTimeout(() => (turns += 1));
  await learnSizes([{ file: new File(['abc'], 'a'), relativePath: undefined }]);
  expect(turns).toBe(0);
  clearTimeout(timer);
});
