/** Chunks of a PNG file. @see https://www.w3.org/TR/png-3/#11Chunks */
import { orientationAlone, orientationIn } from './orientation.ts';
import { ifShorter, type Picture } from './pieces.ts';

/** Of the chunks that a decoder may pass over, those that say how the pixels are meant to look, and the frames of an animation. */
const LOOKS = /^(?:cHRM|cICP|gAMA|iCCP|mDCV|cLLI|sBIT|sRGB|bKGD|hIST|tRNS|pHYs|sPLT|acTL|fcTL|fdAT)$/;

const SIGNATURE = 8;

export function readPng(bytes: Uint8Array<ArrayBuffer>): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array<ArrayBuffer>[] = [bytes.subarray(0, SIGNATURE)];
  let isAnimated = false;
  let type = '';
  for (let start = SIGNATURE; type !== 'IEND'; ) {
    const length = view.getUint32(start);
    const end = start + 12 + length;
    if (end > bytes.length) return undefined;
    type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    isAnimated ||= type === 'acTL';
    const isCritical = /^[A-Z]/.test(type);
    if (isCritical || LOOKS.test(type)) kept.push(bytes.subarray(start, end));
    const orientation = type === 'eXIf' ? orientationIn(bytes.subarray(start + 8, end - 4)) : 1;
    if (orientation !== 1) kept.push(chunk('eXIf', orientationAlone(orientation)));
    start = end;
  }
  return { isAnimated, stripped: ifShorter(kept, bytes) };
}

function chunk(type: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(12 + content.length);
  const view = new DataView(made.buffer);
  view.setUint32(0, content.length);
  made.set(
    Array.from(type, (char) => char.charCodeAt(0)),
    4,
  );
  made.set(content, 8);
  view.setUint32(8 + content.length, crc32(made.subarray(4, 8 + content.length)));
  return made;
}

/** Of a few bytes, so without a table. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
