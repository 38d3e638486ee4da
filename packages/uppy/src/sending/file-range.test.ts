import { afterEach, expect, it, vi } from 'vitest';
import { sliceOf } from './file-range.ts';

const MiB = 1024 * 1024;

afterEach(() => void vi.unstubAllGlobals());

it('has the collector run for each 64 MiB of slices, which are small to it', () => {
  const made: number[] = [];
  vi.stubGlobal('ArrayBuffer', function Counted(this: { byteLength: number }, bytes: number) {
    this.byteLength = bytes;
    made.push(bytes);
  });
  const file = { slice: (start: number, end: number) => ({ size: end - start }) } as Blob;
  for (let part = 0; part < 20; part++) sliceOf({ file, start: part * 10 * MiB, end: (part + 1) * 10 * MiB });
  expect(made).toEqual([64 * MiB, 64 * MiB, 64 * MiB]);
});

it('gives no slice of a file that has become shorter', () => {
  expect(sliceOf({ file: new Blob(['abc']), start: 1, end: 4 })).toBeUndefined();
  expect(sliceOf({ file: new Blob(['abc']), start: 1, end: 3 })?.size).toBe(2);
});
