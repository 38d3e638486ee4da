import { S3Error } from '../s3-error.ts';

/** A run of bytes of an object. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/**
 * Reads a Range header. As at S3, what is not one range of bytes is passed over, and the whole object is sent.
 * @returns `undefined` for the whole object.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(Number(last) + 1, size);
  if (start < end) return { start, length: end - start };
  throw new S3Error('InvalidRange', {
    details: { RangeRequested: header ?? '', ActualObjectSize: size },
    headers: { 'content-range': `bytes */${size}` },
  });
}
