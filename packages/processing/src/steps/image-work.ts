import type { ChildWork } from '../step.ts';
import type { ImageResult } from './image.ts';
import { kindOf } from './kind.ts';
import { openPicture, reading } from './picture.ts';
import { placeholderOf, type VariantOptions, writeVariants } from './variants.ts';

export const work: ChildWork<VariantOptions & { mostPixels: number }, ImageResult> = (
  { path, folder, file },
  options,
) =>
  reading(async () => {
    const { kind, type, isSure } = await kindOf(path, file);
    if (kind !== 'picture') return { kind: 'skipped', why: `It is no picture, but ${type || 'of an unknown type'}.` };
    const picture = await openPicture(path, options.mostPixels, isSure);
    if ('code' in picture) return picture;
    const { width, height, metadata } = picture;
    const widest = Math.max(...options.widths);
    // `most` is of both sides: a tall picture is not to lose what its width may have.
    const pixels = await picture.decode(Math.ceil(widest * Math.max(1, height / width)));
    const files = await writeVariants(pixels, options, folder);
    const placeholder = await placeholderOf(pixels);
    return { kind: 'done', result: { width, height, placeholder, hasAlpha: metadata.hasAlpha }, files };
  });
