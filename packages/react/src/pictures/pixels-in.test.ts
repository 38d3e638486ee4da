import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { pixelsIn } from './pixels-in.ts';

/** A PNG's head that says it is so large. */
function pngHead(width: number, height: number): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(33 + 4);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(head);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  deflateSync('').copy(head, 33);
  return new Uint8Array(head);
}

it('reads how large a picture says it is', () => {
  expect(pixelsIn(pngHead(60_000, 60_000))).toBe(3_600_000_000);
  // Start, an APP1 of 6 bytes, a progressive frame of 3000 × 4000.
  const jpeg = Buffer.from('ffd8ffe100080102030405 06ffc200110 80bb80fa003'.replaceAll(' ', ''), 'hex');
  expect(pixelsIn(new Uint8Array(jpeg))).toBe(3000 * 4000);
  const webp = Buffer.alloc(30);
  webp.write('RIFF', 0, 'latin1');
  webp.write('WEBPVP8X', 8, 'latin1');
  webp.writeUIntLE(4031, 24, 3);
  webp.writeUIntLE(3023, 27, 3);
  expect(pixelsIn(new Uint8Array(webp))).toBe(4032 * 3024);
});

/** Up to the end of the box that has its size. */
const AVIF =
  '00000020667479706176696600000000617669666d6966316d6961664d413141000000f26d657461000000000000002868646c7200000000' +
  '00000000706963740000000000000000000000006c696261766966000000000e7069746d0000000000010000001e696c6f63000000004400' +
  '00010001000000010000011a000000490000002869696e660000000000010000001a696e6665020000000001000061763031436f6c6f7200' +
  '0000006a697072700000004b6970636f0000001469737065000000000000012c000000c8';

// The starts of files as cjxl (libjxl 0.7.0), avifenc (libavif 0.11.1) and ffmpeg 5.1.9 write them: Chromium 156 decodes all.
it.each([
  ['a JPEG XL, small', 'ff0a314142712100128802005441070c', 300 * 200],
  ['a JPEG XL', 'ff0a1a1c0509c585001288020000bc82', 1600 * 900],
  ['a JPEG XL of any sides', 'ff0a48003f9c0009c58500128802005c', 20_000 * 10],
  [
    'a JPEG XL in a box',
    '0000000c4a584c200d0a870a0000001466747970 6a786c20000000006a786c20000006556a786c63ff0aba5d0109c585',
    9e6,
  ],
  ['a GIF', '47494638396140068403f71f00000000', 1600 * 900],
  ['a BMP', '424d56bf02000000000036000000280000002c010000c800000001001800', 300 * 200],
  ['an AVIF', AVIF, 300 * 200],
])('reads how large %s says it is', (_, head, pixels) => {
  expect(pixelsIn(new Uint8Array(Buffer.from(head.replaceAll(' ', ''), 'hex')))).toBe(pixels);
});

it('knows of no size where there is none', () => {
  for (const bytes of [[], [0xff, 0xd8], [0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff], [1, 2, 3, 4, 5, 6, 7, 8]])
    expect(pixelsIn(new Uint8Array(bytes))).toBeUndefined();
  const heic = readFileSync(new URL('../../../protocol/test/real/photo.heic', import.meta.url));
  expect(pixelsIn(new Uint8Array(heic))).toBe(160 * 120);
  for (const half of [
    [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20, 13, 10],
    [0, 0, 0, 32, 0x66, 0x74, 0x79, 0x70, 1],
    [0xff, 0x0a],
  ])
    expect(pixelsIn(new Uint8Array(half))).toBeUndefined();
});
