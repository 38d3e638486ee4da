/**
 * Pictures as bytes: what they are, and the same without what tells of place, time and camera. Nothing is encoded anew. Our own,
 * since none of the libraries that take metadata out keeps the orientation and the colour profile.
 */
import { readJpeg } from './jpeg.ts';
import type { Picture } from './pieces.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';

export type PictureKind = 'jpeg' | 'png' | 'webp' | 'heic';

/** A picture's first bytes that {@link kindOf} needs. */
export const HEAD = 64;

/** Known by its first bytes, since names and types may say anything. */
export function kindOf(head: Uint8Array): PictureKind | undefined {
  const text = String.fromCharCode(...head.subarray(0, HEAD));
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  // One still picture, a burst, or the general brand with HEVC among those that it is compatible with.
  if (text.slice(4, 8) !== 'ftyp') return undefined;
  const size = new DataView(head.buffer, head.byteOffset).getUint32(0);
  const brands = text.slice(8, size).match(/.{4}/gs) ?? [];
  return brands.some((brand) => /^(?:hei[cxms]|hev[cxms])$/.test(brand)) ? 'heic' : undefined;
}

/** @returns Undefined where the bytes are cut short, or do not follow their format. */
export function readPicture(kind: PictureKind, bytes: Uint8Array<ArrayBuffer>): Picture | undefined {
  try {
    if (kind === 'jpeg') return readJpeg(bytes);
    if (kind === 'png') return readPng(bytes);
    return kind === 'webp' ? readWebp(bytes) : undefined;
  } catch {
    // Read beyond the end.
    return undefined;
  }
}
