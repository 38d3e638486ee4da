import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from '../../errors/s3-error.ts';
import type { StoredHeaders } from '../../store/records.ts';
import type { OperationContext } from '../operation.ts';

/** Headers that are kept with an object, beside `x-amz-meta-*`. */
const KEPT = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

const META = 'x-amz-meta-';

/** Most bytes of user metadata: names without `x-amz-meta-`, and values. */
const MAX_METADATA = 2048;

/** The headers of a write, with metadata that stands in its signed query, where SDKs put it. */
export function withMetadata({ request, mimic }: Pick<OperationContext, 'request' | 'mimic'>): IncomingHttpHeaders {
  if (!mimic.metadataInQuery) return request.headers;
  const hoisted = request.query.entries.flatMap(([name, value]) =>
    name.toLowerCase().startsWith(META) ? [[name.toLowerCase(), value]] : [],
  );
  return { ...Object.fromEntries(hoisted), ...request.headers };
}

/**
 * Picks the headers of an upload that come back on download.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function storedHeaders(headers: IncomingHttpHeaders): StoredHeaders {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || !(KEPT.includes(name) || name.startsWith(META))) return [];
    const text = [value].flat().join(',');
    if (name !== 'content-encoding') return [[name, text]];
    // The framing of a body on its way is nothing that a download has.
    const encodings = text.split(',').filter((each) => each.trim().toLowerCase() !== 'aws-chunked');
    return encodings.length === 0 ? [] : [[name, encodings.join(',')]];
  });
  const metadata = kept.filter(([name]) => name.startsWith(META));
  const size = metadata.reduce((sum, [name, value]) => sum + name.length - META.length + value.length, 0);
  if (size > MAX_METADATA) {
    throw new S3Error('MetadataTooLarge', { details: { Size: size, MaxSizeAllowed: MAX_METADATA } });
  }
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(kept) };
}

/**
 * Headers that change what a write means, and that this store does not know. To pass over them in silence would be a
 * wrong success.
 */
const UNKNOWN =
  /^x-amz-(?:tagging|server-side-encryption(?:-.*)?|storage-class|grant-.*|website-redirect-location|expected-bucket-owner|source-expected-bucket-owner|write-offset-bytes|rename-source.*)$/;

/** What the store does anyway. */
const USUAL: Readonly<Record<string, string>> = {
  'x-amz-server-side-encryption': 'AES256',
  'x-amz-storage-class': 'STANDARD',
};

/** Refuses a write whose headers ask for more than this store can do. */
export function refuseUnknown(headers: IncomingHttpHeaders): void {
  const header = Object.keys(headers).find((name) => UNKNOWN.test(name) && headers[name] !== USUAL[name]);
  if (header !== undefined) throw new S3Error('NotImplemented', { details: { Header: header } });
}
