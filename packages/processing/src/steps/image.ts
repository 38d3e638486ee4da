import { stepVersion } from '../file.ts';
import { type Step, step } from '../step.ts';
import type { PictureFormat } from './variants.ts';

export interface ImageOptions {
  /** Of the variants, in pixels. @default [320, 960, 1920] */
  readonly widths?: readonly number[];
  /** @default ['webp'] */
  readonly formats?: readonly PictureFormat[];
  /** 1 to 100. @default 80 */
  readonly quality?: number;
  /** 0 to 9: more is smaller and slower. @default 2 */
  readonly avifEffort?: number;
  /** Most pixels of a picture; one that has more is not decoded. @default 100_000_000 */
  readonly mostPixels?: number;
  /** Longest time, in seconds. @default 60 */
  readonly seconds?: number;
  /** Most memory, in MiB. @default 1024 */
  readonly memory?: number;
}

export interface ImageResult {
  /** Of the picture as it is shown: upright, in pixels. */
  readonly width: number;
  readonly height: number;
  /** ThumbHash in base64: what a page draws before the picture is there. */
  readonly placeholder: string;
  readonly hasAlpha: boolean;
}

/**
 * Pictures for a page, from a picture: upright, in sRGB with 8 bits, without metadata. Of several frames or pages the first one.
 * @example image({ widths: [320, 1280], formats: ['webp', 'avif'] })
 */
export function image(options: ImageOptions = {}): Step<'image', ImageResult> {
  const { widths = [320, 960, 1920], formats = ['webp'], quality = 80, avifEffort = 2 } = options;
  const { mostPixels = 100_000_000, seconds = 60, memory = 1024 } = options;
  if (widths.length === 0 || formats.length === 0 || !widths.every((width) => width >= 1 && width <= 16_383))
    throw new TypeError(`\`image\` needs widths of 1 to 16,383 pixels and formats, but has ${widths} and ${formats}.`);
  const asked = { widths: widths.map(Math.round), formats, quality, avifEffort, mostPixels };
  return step({
    name: 'image',
    version: stepVersion(1, asked),
    seconds,
    memory,
    run: (input) => input.inChild(new URL('./image-work.js', import.meta.url), asked),
  });
}
