/// <reference path="./libheif-js.d.ts" />
import { readFile, stat } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import type { StepOutcome } from '../step.ts';

sharp.cache(false);
// Each child works on one picture; how many work at once is the worker's to say.
sharp.concurrency(1);

/** Most bytes of a picture's file: all of it is read at once. */
const MOST_BYTES = 256 * 1024 ** 2;

/** Pixels of a decoded picture, 8 bits for each channel, sRGB, upright. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

type Unreadable = Extract<StepOutcome<never>, { kind: 'unreadable' }>;

/** A picture whose head was read. */
export interface Picture {
  readonly metadata: Metadata;
  /** In pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** The picture, or its first frame or page, no wider and no higher than `most` pixels. */
  decode(most: number): Promise<Pixels>;
}

const unreadable = (code: Unreadable['code'], why: string): Unreadable => ({ kind: 'unreadable', code, why });

/**
 * Opens a picture. It is read into memory first: from a path, an SVG whose `<svg` stands past byte 1,000 is none for libvips.
 * One that ends too early is taken as far as it goes.
 * @param isSure Whether its content says that it is a picture: one that sharp does not know is well, then.
 */
export async function openPicture(path: string, mostPixels: number, isSure: boolean): Promise<Picture | Unreadable> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) return unreadable('too-large', `The file has ${size} bytes.`);
  const bytes = await readFile(path);
  const open = () => sharp(bytes, { failOn: 'none', limitInputPixels: mostPixels });
  let metadata: Metadata;
  try {
    metadata = await open().metadata();
  } catch (error) {
    const why = (error as Error).message;
    if (isSure && /unsupported image format/i.test(why)) return unreadable('format-unsupported', why);
    return unreadable(/pixel limit/i.test(why) ? 'too-large' : 'unreadable', why);
  }
  const { autoOrient, pageHeight, height = 0 } = metadata;
  const upright = {
    width: autoOrient.width,
    height: pageHeight !== undefined && height > pageHeight ? pageHeight : autoOrient.height,
  };
  if (upright.width * upright.height > mostPixels)
    return unreadable('too-large', `${upright.width} × ${upright.height} pixels`);
  // The head of a HEIC can be read by all, its pixels by few: HEVC has patents.
  const decode = metadata.compression === 'hevc' ? await heicDecoder(bytes, mostPixels) : { open };
  if ('code' in decode) return decode;
  return { metadata, ...upright, decode: async (most) => pixelsOf(await decode.open(), most) };
}

async function pixelsOf(picture: Sharp, most: number): Promise<Pixels> {
  const { data, info } = await picture
    .autoOrient()
    .resize({ width: most, height: most, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { data, width, height, channels };
}

async function heicDecoder(bytes: Buffer, mostPixels: number): Promise<{ open: () => Promise<Sharp> } | Unreadable> {
  const missing = 'HEVC pictures need libheif-js installed beside: npm install libheif-js (LGPL).';
  const module = await import('libheif-js/wasm-bundle.js').catch(() => undefined);
  if (module === undefined) return unreadable('format-unsupported', missing);
  const { HeifDecoder } = module.default;
  return {
    async open() {
      const [image] = new HeifDecoder().decode(bytes);
      if (image === undefined) throw new Error('libheif finds no picture in it.');
      const [width, height] = [image.get_width(), image.get_height()];
      if (width * height > mostPixels) throw new Error('Input image exceeds pixel limit');
      const data = new Uint8ClampedArray(width * height * 4);
      await new Promise<void>((resolve, reject) =>
        image.display({ data, width, height }, (made) =>
          made ? resolve() : reject(new Error('libheif cannot decode it.')),
        ),
      );
      return sharp(Buffer.from(data.buffer), { raw: { width, height, channels: 4 } });
    },
  };
}

/** What a decoder says of a file that it cannot read is about the file; anything else is a fault of ours. */
export async function reading<R>(work: () => Promise<StepOutcome<R>>): Promise<StepOutcome<R>> {
  try {
    return await work();
  } catch (error) {
    const { name, message: why } = error as Error;
    if (/pixel limit/i.test(why)) return unreadable('too-large', why);
    if (/password/i.test(why)) return unreadable('locked', why);
    if (name === 'UnsupportedFileTypeError') return unreadable('format-unsupported', why);
    if (/(?:no space|ENOSPC|cannot allocate|out of memory)/i.test(why)) throw error;
    return unreadable('unreadable', why);
  }
}
