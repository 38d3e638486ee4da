/**
 * One picture: smaller, in another format, without what tells of place and camera. Runs in a worker, or on the page where none can
 * be had. Imports nothing lazily: bundlers make a single classic script of a worker by default.
 */
import { heicProfile } from './heic-profile.ts';
import { withProfile as jpegWithProfile } from './jpeg.ts';
import { HEAD, kindOf, type PictureKind, readPicture } from './picture.ts';
import { sizeWithin } from './size-within.ts';
import { withProfile as webpWithProfile } from './webp.ts';

/** What is to be made of a picture. */
export interface ImageTask {
  readonly maxWidth?: number | undefined;
  readonly maxHeight?: number | undefined;
  readonly format?: 'jpeg' | 'webp' | undefined;
  readonly quality?: number | undefined;
  readonly keepMetadata?: boolean | undefined;
}

/**
 * - `made`: other bytes.
 * - `as-picked`: there is nothing to do, or what was made would be larger.
 * - `unreadable`: neither the browser nor a decoder can show it.
 * - `unsupported`: the browser lacks something, such as writing the format; or it gives other pixels than were drawn.
 *
 * Of the last two, `data` is the picture without its metadata, where that could be done all the same.
 */
export type Outcome =
  | { readonly is: 'made'; readonly data: Blob }
  | { readonly is: 'as-picked' }
  | { readonly is: 'unreadable'; readonly isHeic: boolean; readonly data?: Blob | undefined }
  | { readonly is: 'unsupported'; readonly data?: Blob | undefined };

export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Pixels of a HEIC file, upright, where the browser cannot. */
export type DecodeHeic = (bytes: Uint8Array) => Promise<Pixels>;

export async function prepareImage(file: Blob, task: ImageTask, decodeHeic?: DecodeHeic): Promise<Outcome> {
  const kind = kindOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
  if (!kind) return { is: 'as-picked' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isHeic = kind === 'heic';
  const picture = readPicture(kind, bytes);
  const pieces = task.keepMetadata ? undefined : picture?.stripped;
  const stripped = pieces && new Blob([...pieces], { type: `image/${kind}` });
  const otherwise: Outcome = stripped ? { is: 'made', data: stripped } : { is: 'as-picked' };

  const format: Format = task.format ?? (isHeic ? 'jpeg' : kind);
  const isBounded = task.maxWidth !== undefined || task.maxHeight !== undefined;
  // Frames would be lost.
  if (picture?.isAnimated || (format === kind && !isBounded)) return otherwise;

  const opened = await open(file, kind, bytes, decodeHeic);
  if (!opened) return { is: 'unreadable', isHeic, data: stripped };
  const { bitmap, profile } = opened;
  try {
    const size = sizeWithin(bitmap, task);
    const isSmaller = size.width < bitmap.width || size.height < bitmap.height;
    if (format === kind && !isSmaller) return otherwise;
    const drawn = (await isTrue()) && draw(bitmap, size, format);
    const made = drawn && (await encode(drawn, format, task.quality));
    if (!made) return { is: 'unsupported', data: stripped };
    const data = profile ? await meantAs(made, profile, size) : made;
    // Few browsers show HEIC, so that is no reason to keep it.
    return isHeic || data.size < (stripped ?? file).size ? { is: 'made', data } : otherwise;
  } catch {
    // No OffscreenCanvas, or not enough memory for one.
    return { is: 'unsupported', data: stripped };
  } finally {
    bitmap.close();
  }
}

type Format = 'jpeg' | 'webp' | 'png';

async function open(
  file: Blob,
  kind: PictureKind,
  bytes: Uint8Array<ArrayBuffer>,
  decodeHeic: DecodeHeic | undefined,
): Promise<{ bitmap: ImageBitmap; profile?: Uint8Array | undefined } | undefined> {
  try {
    // Upright, and in the colours of a canvas.
    return { bitmap: await createImageBitmap(file) };
  } catch {
    if (kind !== 'heic' || !decodeHeic) return undefined;
  }
  try {
    const { data, width, height } = await decodeHeic(bytes);
    const bitmap = await createImageBitmap(new ImageData(data, width, height));
    return { bitmap, profile: heicProfile(bytes) };
  } catch {
    return undefined;
  }
}

/** Halves first: a browser that takes every third pixel of a fine pattern makes another pattern of it. */
function draw(bitmap: ImageBitmap, { width, height }: Size, format: Format): OffscreenCanvas | undefined {
  let from: ImageBitmap | OffscreenCanvas = bitmap;
  for (;;) {
    const isLast = from.width <= width * 2 && from.height <= height * 2;
    const size: Size = isLast
      ? { width, height }
      : { width: Math.max(width, Math.ceil(from.width / 2)), height: Math.max(height, Math.ceil(from.height / 2)) };
    const canvas: OffscreenCanvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d');
    // No canvas is as large as some pictures.
    if (!context) return undefined;
    context.imageSmoothingQuality = 'high';
    if (format === 'jpeg') {
      // JPEG has no transparency: without this, what shows through would be black.
      context.fillStyle = '#fff';
      context.fillRect(0, 0, size.width, size.height);
    }
    context.drawImage(from, 0, 0, size.width, size.height);
    if (isLast) return canvas;
    from = canvas;
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Undefined where the browser cannot write the format: it writes a PNG then. */
async function encode(canvas: OffscreenCanvas, format: Format, quality = 0.85): Promise<Blob | undefined> {
  const type = `image/${format}`;
  const blob = await canvas.convertToBlob({ type, quality });
  return blob.type === type ? blob : undefined;
}

async function meantAs(made: Blob, profile: Uint8Array, size: Size): Promise<Blob> {
  const bytes = new Uint8Array(await made.arrayBuffer());
  const pieces = made.type === 'image/webp' ? webpWithProfile(bytes, profile, size) : jpegWithProfile(bytes, profile);
  return pieces ? new Blob(pieces, { type: made.type }) : made;
}

let known: boolean | undefined;

/** Browsers that hide who they are give other pixels than were drawn, and say nothing: noise, or all white. */
async function isTrue(): Promise<boolean> {
  if (known !== undefined) return known;
  const drawn = new ImageData(16, 16);
  for (let at = 0; at < drawn.data.length; at += 1) drawn.data[at] = at % 4 === 3 ? 255 : (at * 37) % 256;
  const context = new OffscreenCanvas(16, 16).getContext('2d');
  context?.putImageData(drawn, 0, 0);
  const png = await context?.canvas.convertToBlob();
  const bitmap = png && (await createImageBitmap(png));
  const copy = new OffscreenCanvas(16, 16).getContext('2d');
  if (bitmap) copy?.drawImage(bitmap, 0, 0);
  const seen = copy?.getImageData(0, 0, 16, 16).data;
  known = seen?.every((value, index) => value === drawn.data[index]) ?? false;
  return known;
}
