import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { unpacked } from './unpacked.ts';

const open = (bytes: Uint8Array) =>
  unpacked({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
const text = (content: { size: number; read: (a: number, b: number) => Promise<Uint8Array> } | undefined) =>
  content?.read(0, content.size).then((bytes) => Buffer.from(bytes).toString());

it('shows the text of a small file', async () => {
  expect(await text(await open(gzipSync('a,b\n1,2\n')))).toBe('a,b\n1,2\n');
  expect((await open(gzipSync('')))?.size).toBe(0);
});

it('shows the start of a large one, and reads no more of it', async () => {
  const lines = Array.from({ length: 60_000 }, (_, index) => `${index},${(index * 7919) % 10_007}\n`).join('');
  const packed = gzipSync(lines);
  expect(packed.length).toBeGreaterThan(100_000);
  let most = 0;
  const content = await unpacked({
    size: packed.length,
    read: async (start, end) => {
      most = Math.max(most, end);
      return packed.subarray(start, end);
    },
  });
  expect(most).toBe(65_536);
  expect(lines.startsWith((await text(content)) ?? '?')).toBe(true);
  expect(content?.size).toBe(65_536);
});

it('unpacks no more than it looks at', async () => {
  const zeros = gzipSync(Buffer.alloc(64 * 1024 ** 2));
  const before = process.memoryUsage().arrayBuffers;
  expect((await open(zeros))?.size).toBe(65_536);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 ** 2);
});

it('finds nothing in what is no gzip, or is broken from its start', async () => {
  expect(await open(Buffer.from('a,b\n'))).toBeUndefined();
  expect(await open(new Uint8Array())).toBeUndefined();
  expect(await open(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff]))).toBeUndefined();
});
