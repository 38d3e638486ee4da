/**
 * How many pixels a picture says it has, by its first bytes: a few kilobytes may unfold to gigabytes. Undefined where the
 * format is another, or its size stands further back. By hand, in 0.8 kB: `image-dimensions` 2.6 reads neither JPEG XL nor BMP in
 * 2.2 kB, and `image-size` 2.1 has 5.6 kB.
 */
export function pixelsIn(head: Uint8Array<ArrayBuffer>): number | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    // The signature, then the first chunk: IHDR. @see https://www.w3.org/TR/png-3/#11IHDR
    if (view.getUint32(0) === 0x89504e47) return view.getUint32(16) * view.getUint32(20);
    if (view.getUint32(0) === 0x52494646 && view.getUint32(12) === 0x56503858) return webpPixels(view);
    if (view.getUint16(0) === 0xffd8) return jpegPixels(view);
    if (view.getUint32(0) === 0x47494638) return view.getUint16(6, true) * view.getUint16(8, true);
    if (view.getUint16(0) === 0x424d) return Math.abs(view.getInt32(18, true) * view.getInt32(22, true));
    if (view.getUint16(0) === 0xff0a) return jxlPixels(view, 2);
    // JPEG XL in boxes.
    if (view.getUint32(4) === 0x4a584c20) return jxlPixels(view, codestreamIn(view) + 2);
    // AVIF and HEIC.
    if (view.getUint32(4) === 0x66747970) return largestOf(view);
  } catch {
    // The head ends before.
  }
  return undefined;
}

/** 24 bits each, less one. @see https://developers.google.com/speed/webp/docs/riff_container#extended_file_format */
function webpPixels(view: DataView): number {
  const side = (at: number): number => (view.getUint32(at - 1, true) >>> 8) + 1;
  return side(24) * side(27);
}

/** From segment to segment up to the frame header. @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2 */
function jpegPixels(view: DataView): number {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7);
  }
}

/** Where the codestream begins: behind the name of a `jxlc` box, or behind the name and the number of a `jxlp` box. */
function codestreamIn(view: DataView): number {
  for (let at = 0; ; at += 1) {
    const name = view.getUint32(at);
    if (name === 0x6a786c63) return at + 4;
    if (name === 0x6a786c70) return at + 8;
  }
}

/** The largest of all pictures that an AVIF or HEIC file has. @see https://www.iso.org/standard/83650.html, 6.5.3, `ispe` */
function largestOf(view: DataView): number | undefined {
  let most: number | undefined;
  for (let at = 8; at + 16 <= view.byteLength; at += 1)
    if (view.getUint32(at) === 0x69737065) most = Math.max(most ?? 0, view.getUint32(at + 8) * view.getUint32(at + 12));
  return most;
}

/** Width divided by height, by number. With 0 the width is written too. */
const RATIOS = [0, 1, 1.2, 4 / 3, 1.5, 16 / 9, 1.25, 2];
/** How many bits a side has, by number. */
const BITS = [9, 13, 18, 30];

/** Bits from the lowest on. @see https://www.iso.org/standard/85066.html, `SizeHeader` */
function jxlPixels(view: DataView, start: number): number {
  let at = start * 8;
  const read = (bits: number): number => {
    let value = 0;
    for (let bit = 0; bit < bits; bit += 1, at += 1) value += ((view.getUint8(at >> 3) >> (at & 7)) & 1) * 2 ** bit;
    return value;
  };
  const isSmall = read(1) === 1;
  const side = (): number => (isSmall ? 8 * (read(5) + 1) : read(BITS[read(2)] ?? 0) + 1);
  const height = side();
  const ratio = RATIOS[read(3)];
  return height * (ratio ? Math.floor(height * ratio) : side());
}
