import { S3Error } from '../../errors/s3-error.ts';
import type { ObjectRecord } from '../../store/records.ts';

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

/**
 * The bytes of one part of an object; an object that was put in one go is its own only part.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function partRange(
  partNumber: number,
  { blobs }: ObjectRecord,
  missing: 'InvalidPartNumber' | 'InvalidPart',
): ByteRange | undefined {
  const part = blobs[partNumber - 1];
  if (part === undefined) {
    throw new S3Error(missing, {
      details: { PartNumberRequested: partNumber, ActualPartCount: blobs.length },
    });
  }
  const start = blobs.slice(0, partNumber - 1).reduce((sum, { size }) => sum + size, 0);
  return part.size === 0 ? undefined : { start, length: part.size };
}
