/**
 * How many pixels a picture says it has, by its first bytes: a few kilobytes may unfold to gigabytes. Undefined where the
 * format is another, or its size stands further back.
 */
export function pixelsIn(head: Uint8Array<ArrayBuffer>): number | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    // The signature, then the first chunk: IHDR. @see https://www.w3.org/TR/png-3/#11IHDR
    if (view.getUint32(0) === 0x89504e47) return view.getUint32(16) * view.getUint32(20);
    if (view.getUint32(0) === 0x52494646 && view.getUint32(12) === 0x56503858) return webpPixels(view);
    if (view.getUint16(0) === 0xffd8) return jpegPixels(view);
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
