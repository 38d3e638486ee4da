import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { MadeFile } from '../step.ts';
import type { Pixels } from './picture.ts';

/** Formats that browsers show. */
export type PictureFormat = 'webp' | 'jpeg' | 'png' | 'avif';

export interface VariantOptions {
  readonly widths: readonly number[];
  readonly formats: readonly PictureFormat[];
  readonly quality: number;
  readonly avifEffort: number;
}

/** Writes a picture in each width and format. None is wider than the picture; the widest stands in for those that would be. */
export async function writeVariants(
  pixels: Pixels,
  { widths, formats, quality, avifEffort }: VariantOptions,
  folder: string,
): Promise<MadeFile[]> {
  const { data, ...raw } = pixels;
  const made: MadeFile[] = [];
  for (const width of [...new Set(widths.map((each) => Math.min(each, pixels.width)))].sort((a, b) => a - b)) {
    // Resized once, whatever the number of formats.
    const resized = await sharp(data, { raw }).resize({ width }).raw().toBuffer({ resolveWithObject: true });
    const { info } = resized;
    for (const format of formats) {
      const name = `${width}.${format === 'jpeg' ? 'jpg' : format}`;
      const path = join(folder, name);
      const picture = sharp(resized.data, { raw: { width: info.width, height: info.height, channels: info.channels } });
      await writeFile(path, await encoded(picture, format, quality, avifEffort).toBuffer());
      made.push({ name, path, type: `image/${format}`, width: info.width, height: info.height });
    }
  }
  return made;
}

function encoded(picture: Sharp, format: PictureFormat, quality: number, effort: number): Sharp {
  if (format === 'webp') return picture.webp({ quality });
  if (format === 'png') return picture.png();
  // At its usual effort, 4, it took 12 s for 1,600 pixels.
  if (format === 'avif') return picture.avif({ quality: Math.round(quality * 0.7), effort });
  // It has no transparency, and would show black there.
  return picture.flatten({ background: '#fff' }).jpeg({ quality, progressive: true });
}

/** Some 25 bytes that a page draws before the picture is there, in base64. @see https://evanw.github.io/thumbhash/ */
export async function placeholderOf({ data, ...raw }: Pixels): Promise<string> {
  const small = await sharp(data, { raw })
    .resize({ width: 100, height: 100, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = small.info;
  return Buffer.from(rgbaToThumbHash(width, height, small.data)).toString('base64');
}
