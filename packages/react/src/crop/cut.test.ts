import { expect, it } from 'vitest';
import { sizeOf } from './cut.ts';

it('makes what is cut out smaller, never larger, in its own proportions, and of one pixel at least', () => {
  const area = (width: number, height: number) => ({ x: 0, y: 0, width, height });
  expect(sizeOf(area(4000, 3000), 1024)).toEqual({ width: 1024, height: 768 });
  expect(sizeOf(area(300, 400), 1024)).toEqual({ width: 300, height: 400 });
  expect(sizeOf(area(9000, 1), 100)).toEqual({ width: 100, height: 1 });
});
