import type { IncomingHttpHeaders } from 'node:http';
import { invalidRequest, S3Error } from '../../errors/s3-error.ts';
import type { Mimic } from '../../mimic/mimic.ts';
import type { MultipartUpload } from '../../store/multipart-upload.ts';
import type { PartRecord } from '../../store/records.ts';
import type { NamedPart } from '../../xml/parse-complete.ts';
import type { OperationContext } from '../operation.ts';
import { checkPartNumber } from './part-number.ts';

/** The parts as they were named, or sorted where the store does that. */
export function inOrder(named: readonly NamedPart[], { partOrder }: Mimic): readonly NamedPart[] {
  if (partOrder === 'ascending') return named;
  const latest = new Map(named.map((part) => [part.partNumber, part]));
  return [...latest.values()].sort((a, b) => a.partNumber - b.partNumber);
}

/** The parts that a client named, if S3's rules let them make an object. */
export function chooseParts(
  upload: MultipartUpload,
  named: readonly NamedPart[],
  { minPartSize, mimic }: Pick<OperationContext, 'minPartSize' | 'mimic'>,
): readonly PartRecord[] {
  const { uploadId } = upload.record;
  for (const { partNumber } of named) checkPartNumber(String(partNumber), mimic);
  if (named.some(({ partNumber }, index) => partNumber <= (named[index - 1]?.partNumber ?? -1))) {
    throw new S3Error('InvalidPartOrder', { details: { UploadId: uploadId } });
  }
  const parts = named.map(({ partNumber, etag }) => {
    const part = upload.part(partNumber);
    if (part?.etag === etag) return part;
    throw new S3Error('InvalidPart', { details: { UploadId: uploadId, PartNumber: partNumber, ETag: etag } });
  });
  const unnamed = mimic.everyPart && upload.parts().find((part) => !parts.includes(part));
  if (unnamed) throw new S3Error('InvalidPart', { details: { UploadId: uploadId, PartNumber: unnamed.partNumber } });
  const small = parts.slice(0, -1).find(({ blob }) => blob.size < minPartSize);
  if (small) {
    throw new S3Error('EntityTooSmall', {
      details: {
        ProposedSize: small.blob.size,
        MinSizeAllowed: minPartSize,
        PartNumber: small.partNumber,
        ETag: small.etag,
      },
    });
  }
  if (mimic.equalParts) checkEqual(parts);
  return parts;
}

/** @see https://developers.cloudflare.com/r2/objects/multipart-objects/ */
function checkEqual(parts: readonly PartRecord[]): void {
  const [first] = parts;
  if (first === undefined || parts.slice(0, -1).every(({ blob }) => blob.size === first.blob.size)) return;
  throw new S3Error('InvalidPart', { message: 'All non-trailing parts must have the same length.' });
}

/** Compares the size that a client expects of the whole object. */
export function checkObjectSize(headers: IncomingHttpHeaders, size: number): void {
  const expected = headers['x-amz-mp-object-size'];
  if (expected === undefined || Number(expected) === size) return;
  throw invalidRequest(
    `The provided 'x-amz-mp-object-size' header value ${expected} does not match what was computed: ${size}`,
  );
}
