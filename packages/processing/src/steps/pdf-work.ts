import type { ChildWork } from '../step.ts';
import { kindOf } from './kind.ts';
import type { PdfResult } from './pdf.ts';
import { openPdf } from './pdf-document.ts';
import { reading } from './picture.ts';
import { placeholderOf, type VariantOptions, writeVariants } from './variants.ts';

/** A page is drawn no higher than this, in pixels. */
const HIGHEST = 8192;

export const work: ChildWork<VariantOptions, PdfResult> = ({ path, folder, file }, options) =>
  reading(async () => {
    const { kind, type } = await kindOf(path, file);
    if (kind !== 'pdf') return { kind: 'skipped', why: `It is no PDF, but ${type || 'of an unknown type'}.` };
    const document = await openPdf(path);
    const pixels = await document.render(Math.max(...options.widths), HIGHEST);
    const files = await writeVariants(pixels, options, folder);
    return { kind: 'done', result: { pages: document.pages, placeholder: await placeholderOf(pixels) }, files };
  });
