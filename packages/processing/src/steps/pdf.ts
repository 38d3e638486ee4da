import { stepVersion } from '../file.ts';
import { type Step, step } from '../step.ts';
import type { ImageOptions } from './image.ts';

export type PdfOptions = Pick<ImageOptions, 'widths' | 'formats' | 'quality' | 'avifEffort' | 'seconds' | 'memory'>;

export interface PdfResult {
  readonly pages: number;
  /** ThumbHash of the first page, in base64. */
  readonly placeholder: string;
}

/** The first page of a PDF as a picture. @example pdf({ widths: [320, 960] }) */
export function pdf(options: PdfOptions = {}): Step<'pdf', PdfResult> {
  const {
    widths = [320, 960],
    formats = ['webp'],
    quality = 80,
    avifEffort = 2,
    seconds = 60,
    memory = 1024,
  } = options;
  const asked = { widths, formats, quality, avifEffort };
  return step({
    name: 'pdf',
    version: stepVersion(1, asked),
    seconds,
    memory,
    run: (input) => input.inChild(new URL('./pdf-work.js', import.meta.url), asked),
  });
}
