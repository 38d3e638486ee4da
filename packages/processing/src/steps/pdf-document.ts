import { readFile, stat } from 'node:fs/promises';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Pixels } from './picture.ts';

/** A PDF that was opened. */
export interface Pdf {
  readonly pages: number;
  /** Of the first page, in points. */
  readonly width: number;
  readonly height: number;
  /** The first page, on white, in this width in pixels; no higher than `most`. */
  render(width: number, most: number): Promise<Pixels>;
}

/** Most bytes of a PDF: all of it is read at once. */
const MOST_BYTES = 256 * 1024 ** 2;

let library: Promise<PDFiumLibrary> | undefined;

/** Opens a PDF by PDFium, which is what Chromium shows PDFs with. @throws Error for one that is damaged, locked or too large. */
export async function openPdf(path: string): Promise<Pdf> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new Error(`The PDF has ${size} bytes.`);
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(await readFile(path));
  const pages = document.getPageCount();
  if (pages === 0) throw new Error('The PDF has no page.');
  const page = document.getPage(0);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  return {
    pages,
    width: originalWidth,
    height: originalHeight,
    async render(wide, most) {
      const scale = Math.min(wide / originalWidth, most / originalHeight);
      const { data, width, height } = await page.render({ scale, render: 'bitmap' });
      // In the order RGBA, although the library calls it BGRA.
      return { data: Buffer.from(data), width, height, channels: 4 };
    },
  };
}
