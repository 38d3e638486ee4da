/** Makes small pictures of large ones, one after the other. Imports nothing lazily: bundlers make one classic script of it. */
import { pixelsIn } from './pixels-in.ts';

/** A picture, or a film's first frame, and the side of the square that is shown of it, in pixels. */
export interface ThumbnailOrder {
  readonly from: Blob | ImageBitmap;
  readonly side: number;
}

/** A picture of more pixels is not shown: decoded, each takes four bytes. */
const MOST_PIXELS = 120_000_000;
/** Cameras write a few hundred kilobytes in front of the size at most. */
const HEAD = 262_144;

async function thumbnail({ from, side }: ThumbnailOrder): Promise<Blob> {
  if (from instanceof Blob) {
    const head = new Uint8Array(await from.slice(0, HEAD).arrayBuffer());
    if ((pixelsIn(head) ?? 0) > MOST_PIXELS) throw new RangeError('Too many pixels.');
  }
  // Upright, as the camera was held.
  const bitmap = from instanceof Blob ? await createImageBitmap(from) : from;
  try {
    const { width, height } = bitmap;
    const cut = Math.min(width, height);
    const size = Math.min(side, cut);
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('No canvas.');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, (width - cut) / 2, (height - cut) / 2, cut, cut, 0, 0, size, size);
    // Keeps what is transparent; a browser that cannot write it writes a PNG.
    return await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  } finally {
    bitmap.close();
  }
}

addEventListener('message', ({ data }: MessageEvent<ThumbnailOrder>) => {
  void thumbnail(data).then(postMessage, () => postMessage(undefined));
});
