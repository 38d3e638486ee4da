import type { PrepareOptions } from './options.ts';
import type { Task } from './serve.ts';

/** A file as Uppy knows it. */
interface Known {
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

const PICTURE = /^image\/(?:jpe?g|png|webp|hei[cf])$/;
const PICTURE_NAME = /\.(?:jpe?g|jpe|jfif|png|webp|hei[cf])$/i;
/** Larger ones are not read into memory. In bytes. */
const LARGEST_PICTURE = 256 * 1024 ** 2;

const TEXT =
  /^(?:text\/|application\/(?:json|xml|javascript|sql|yaml|x-(?:ndjson|yaml|sh|httpd-php)|jsonl|rtf|toml)\b|[\w.-]+\/[\w.-]+\+(?:json|xml)\b)/;
const TEXT_NAME =
  /\.(?:txt|log|csv|tsv|md|json|jsonl|ndjson|geojson|xml|svg|gpx|kml|html?|css|m?js|ts|tsx|sql|ya?ml|toml|ini|srt|vtt|ics|vcf|tex|rtf)$/i;
/** Smaller ones are one packet anyway, larger ones would have to be held whole. In bytes. */
const TEXT_SIZE = { least: 1024, most: 512 * 1024 ** 2 };

/** What is to be done with a file; undefined for nothing. */
export function whatToDo({ name, type, size }: Known, { images = {}, gzip = false }: PrepareOptions): Task | undefined {
  // A browser that does not know HEIC gives it no type.
  const isPicture = PICTURE.test(type) || (type === '' && PICTURE_NAME.test(name)) || /\.hei[cf]$/i.test(name);
  if (isPicture) {
    if (images === false || size > LARGEST_PICTURE) return undefined;
    const { maxWidth, maxHeight, format, quality, keepMetadata } = images;
    return { maxWidth, maxHeight, format, quality, keepMetadata };
  }
  if (!gzip || size < TEXT_SIZE.least || size > TEXT_SIZE.most) return undefined;
  const isText = TEXT.test(type) || ((type === '' || type === 'application/octet-stream') && TEXT_NAME.test(name));
  return isText ? 'gzip' : undefined;
}
