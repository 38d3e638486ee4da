import { crc64nvme } from '@portage/engine/crc64nvme';
import { expect, it } from 'vitest';
import { gather } from './gather.ts';

const bytes = (fill: number, length = 10) => new Uint8Array(length).fill(fill);
const piece = (file: Blob, algorithm?: 'CRC64NVME' | 'MD5') => ({
  body: { file, start: 0, end: file.size },
  algorithm,
});

it('reads each file once, and tells the checksums of the very bytes that stand in the body', async () => {
  let reads = 0;
  /** Each read gives others, as of a file that somebody writes to. */
  const growing = Object.assign(new Blob([bytes(1)]), {
    async arrayBuffer() {
      reads += 1;
      return bytes(reads).buffer;
    },
  });
  const { body, read } = await gather([piece(growing, 'CRC64NVME'), piece(new Blob([bytes(9)]))], 5);
  expect([...new Uint8Array(await body.file.arrayBuffer())]).toEqual([...bytes(1), ...bytes(9), ...bytes(0, 5)]);
  expect(read).toEqual([{ checksum: crc64nvme(bytes(1), 0n) }, { checksum: undefined }]);
  expect([body.start, body.end, reads]).toEqual([0, 25, 1]);
});

it('leaves the place of a file empty that cannot be read, or has become shorter, and no other', async () => {
  const gone = Object.assign(new Blob([bytes(1)]), { arrayBuffer: () => Promise.reject(new Error('gone')) });
  const short = Object.assign(new Blob([bytes(2)]), { arrayBuffer: async () => bytes(2, 4).buffer });
  const { body, read } = await gather([piece(gone), piece(short), piece(new Blob([bytes(3)]), 'MD5')], 0);
  expect([...new Uint8Array(await body.file.arrayBuffer())]).toEqual([...bytes(0, 20), ...bytes(3)]);
  expect(read).toEqual([undefined, undefined, { checksum: 0x44ca61174017b7a3713c05de0f2aeaa8n }]);
});
