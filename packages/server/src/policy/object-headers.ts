import { UploadsError } from '../errors.ts';
import type { ObjectHeaders, StoredObject } from '../storage.ts';
import { encodeName } from './file-name.ts';

/** Most bytes of user metadata, names and values. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const MAX_METADATA_BYTES = 2048;

/** Names the upload that made an object. */
const ID = 'portage-id';
/** The file's name, percent-encoded: {@link encodeName}. */
const NAME = 'portage-name';

const META = 'x-amz-meta-';

interface Kept {
  id: string;
  name: string;
  type: string;
  contentEncoding?: 'gzip';
  metadata: Readonly<Record<string, string>>;
}

/**
 * Types that no browser runs as a page or in one: pictures, sound, film, fonts, plain data, archives and documents. Of
 * those with `+xml` none, since such pictures and documents can hold scripts.
 */
const INERT =
  /^(?:image\/[\w.-]+|audio\/[\w.-]+|video\/[\w.-]+|font\/[\w.-]+|text\/(?:plain|csv|markdown|tab-separated-values|calendar|vcard|vtt|rtf)|application\/(?:pdf|json|ld\+json|geo\+json|x-ndjson|jsonl|rtf|zip|gzip|x-(?:zip-compressed|gzip|tar|7z-compressed|bzip2?|xz|rar-compressed)|vnd\.rar|zstd|epub\+zip|msword|postscript|dicom|parquet|vnd\.apache\.parquet|x-(?:iwork|sqlite3|hdf5?|matroska|mpegurl|subrip)[\w.-]*|(?:vnd\.(?:ms-|openxmlformats-officedocument\.|oasis\.opendocument\.|apple\.|google-earth\.kmz|adobe\.photoshop|sqlite3)[\w.-]*)|octet-stream))$/;

/** The type that an object is stored under: one that no browser runs; of any other, bytes of no type. */
const inertType = (type: string) => (INERT.test(type.split(';')[0] ?? '') ? type : 'application/octet-stream');

/**
 * What is kept with an object. It is always a download (`attachment`), and what is not known to be inert, such as HTML and
 * SVG, is stored as bytes of no type: what someone uploaded must not run as a page of the store's host.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html
 */
export function objectHeaders({ id, name, type, contentEncoding, metadata }: Kept): ObjectHeaders {
  const encoded = encodeName(name);
  const own = Object.entries(metadata).map(([key, value]) => [META + key, value]);
  return {
    'content-type': inertType(type),
    ...(contentEncoding && { 'content-encoding': contentEncoding }),
    'content-disposition': `attachment; filename*=UTF-8''${encoded}`,
    ...Object.fromEntries(own),
    [META + ID]: id,
    [META + NAME]: encoded,
  };
}

/** The name of the file that an object was made of, as the person saw it; undefined where no upload made it. */
export function nameOf({ headers }: StoredObject): string | undefined {
  const encoded = headers[META + NAME];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

/** Whether an object was made by this upload, and not by another one with the same key. */
export const isOf = (object: StoredObject, { id }: { id: string }) => object.headers[META + ID] === id;

/**
 * The route's metadata as headers can carry it: names in lower case, values percent-encoded where they are not plain.
 * @throws UploadsError `bad-request` where it is too long for a store, or a name is no header name.
 */
export function checkMetadata(metadata: Readonly<Record<string, string>>, name: string): Record<string, string> {
  const entries = Object.entries(metadata).map(([key, value]): [string, string] => {
    if (!/^[a-z0-9][a-z0-9-]*$/i.test(key))
      throw unstorable('Something to keep with this file has a name that no store can keep.');
    return [key.toLowerCase(), PLAIN.test(value) ? value : encodeName(value.replace(/\p{Surrogate}/gu, '\uFFFD'))];
  });
  const own = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  const ours = ID.length + 32 + NAME.length + encodeName(name).length;
  if (own + ours <= MAX_METADATA_BYTES) return Object.fromEntries(entries);
  throw unstorable('There is more to keep with this file than the store can hold.');
}

const unstorable = (message: string) =>
  new UploadsError({
    code: 'bad-request',
    message,
    hint: 'Shorten the name of the file, or what was entered for it, and use plain letters for the names of fields.',
  });
// A `%` is encoded too, so that decoding always gives the value again; so are spaces that a header would lose.
const PLAIN = /^(?:[!-$&-~](?:[ -$&-~]*[!-$&-~])?)?$/;
