import { afterEach, expect, it, vi } from 'vitest';
import { bodyOf, sliceOf } from './file-range.ts';

const notice = vi.hoisted(() => ({ changes: true }));
vi.mock('./notices-changes.ts', () => ({ noticesChanges: async () => notice.changes }));

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

it.each([
  ['notices changes of files', true, 2 * MiB],
  ['does not', false, 2 * MiB],
  ['does not, of a small file', false, 3],
])('holds a file that goes in one request as bytes, in a browser that %s: Blobs are kept', async (_, notices, size) => {
  notice.changes = notices;
  const bytes = Buffer.alloc(size, 7);
  const held = await bodyOf({ file: new Blob([bytes]), start: 0, end: size });
  expect(held).toBeInstanceOf(ArrayBuffer);
  expect(bytes.equals(new Uint8Array(held as ArrayBuffer))).toBe(true);
});

it('holds nothing of a file in several parts', async () => {
  expect(await bodyOf({ file: new Blob(['abcdef']), start: 0, end: 3 })).toBeInstanceOf(Blob);
});
