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

it('knows of no size where there is none', () => {
  for (const bytes of [[], [0xff, 0xd8], [0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff], [1, 2, 3, 4, 5, 6, 7, 8]])
    expect(pixelsIn(new Uint8Array(bytes))).toBeUndefined();
  const heic = readFileSync(new URL('../../../protocol/test/real/photo.heic', import.meta.url));
  expect(pixelsIn(new Uint8Array(heic))).toBeUndefined();
});
