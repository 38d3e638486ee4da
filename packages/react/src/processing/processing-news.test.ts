import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { processingWords } from '../text/processing-words.ts';
import { createNews } from './processing-news.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says once that files are being processed, and once what came of them', () => {
  const said: string[] = [];
  const news = createNews((text) => said.push(text));
  const words = processingWords('en');
  const tell = (name: string, what: string) => news.tell(name, name, what, words);
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) tell(name, 'started');
  vi.advanceTimersByTime(1_000);
  // Each step of each file, and rows that come into view again.
  for (let step = 0; step < 5; step += 1) for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) tell(name, 'started');
  vi.advanceTimersByTime(5_000);
  tell('a.jpg', 'done');
  tell('b.jpg', 'done');
  tell('c.jpg', words.failed.locked);
  vi.advanceTimersByTime(1_000);
  tell('a.jpg', 'done');
  vi.advanceTimersByTime(5_000);
  expect(said).toEqual(['Processing 3 files.', `2 files are processed. c.jpg: ${words.failed.locked}`]);
});
