/** What is made of pictures before they are sent. */
export interface ImageOptions {
  /** In pixels; a wider picture is made smaller, and keeps its shape. @default no bound */
  readonly maxWidth?: number | undefined;
  /** In pixels; a higher picture is made smaller, and keeps its shape. @default no bound */
  readonly maxHeight?: number | undefined;
  /**
   * What pictures become. Safari writes no WebP: there they keep their format, and their size.
   * @default what they are; JPEG for HEIC
   */
  readonly format?: 'jpeg' | 'webp' | undefined;
  /** Of pictures that are made smaller or become another format, from 0 to 1. @default 0.85 */
  readonly quality?: number | undefined;
  /**
   * Keeps place, time and camera in pictures whose pixels are not touched. Without it they are taken out, and nothing is encoded
   * anew for it; orientation and colour profile stay. Of HDR photos the gain map goes too.
   * @default false
   */
  readonly keepMetadata?: boolean | undefined;
  /**
   * Reads HEIC where the browser cannot: `heic` of `@portage/uppy/heic`. Without it such pictures are sent as they were picked,
   * with all that is in them.
   * @default only Safari reads HEIC
   */
  readonly heic?: (() => Worker) | undefined;
}

/** Options of {@link Prepare}. */
export interface PrepareOptions {
  /** What is made of JPEG, PNG, WebP and HEIC files; false leaves them as they are. @default {}, which takes metadata out */
  readonly images?: ImageOptions | false | undefined;
  /**
   * Whether text (`.csv`, `.json`, `.log` and the like, 1 KiB to 512 MiB) is sent compressed, and stored with
   * `Content-Encoding: gzip`, so that whoever loads it gets the text. Only where the route of the upload server says
   * `gzip: true`; else text is sent as it is.
   * @default false
   */
  readonly gzip?: boolean | undefined;
}

/** Throws a TypeError on options that are of the wrong kind. */
export function checkOptions({ images }: PrepareOptions): void {
  if (!images) return;
  for (const name of ['maxWidth', 'maxHeight'] as const) {
    const value = images[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0))
      throw new TypeError(`Prepare: \`images.${name}\` must be a whole number of pixels above 0, not ${value}.`);
  }
  const { format, quality } = images;
  if (format !== undefined && format !== 'jpeg' && format !== 'webp')
    throw new TypeError(`Prepare: \`images.format\` must be 'jpeg' or 'webp', not ${JSON.stringify(format)}.`);
  if (quality !== undefined && !(quality >= 0 && quality <= 1))
    throw new TypeError(`Prepare: \`images.quality\` must be a number from 0 to 1, not ${quality}.`);
}
