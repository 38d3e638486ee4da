import { invalidArgument, invalidRequest, S3Error } from '../../errors/s3-error.ts';
import { xmlResponse } from '../../http/s3-response.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { xml } from '../../xml/write-xml.ts';
import { checksumElements } from '../checksum-headers.ts';
import type { ByteRange } from '../object/byte-range.ts';
import { copyBytes } from '../object/copy-bytes.ts';
import { copySource } from '../object/copy-source.ts';
import { bucketOf, isoTime, type Operation, type OperationContext, quoted } from '../operation.ts';
import { existing, uploadIdOf } from './find-upload.ts';
import { checkPartNumber } from './part-number.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy: Operation = async (context) => {
  const { blobs, uploads, ...rest } = bucketOf(context);
  const uploadId = uploadIdOf(context);
  const partNumber = checkPartNumber(context.request.query.get('partNumber') ?? '', context.mimic);
  const plan = existing(uploads.get(uploadId), context).record.checksum;
  const source = copySource(context);
  const range = copyRange(context, source.object);
  const copied = await copyBytes(
    source,
    range,
    { blobs, uploads, ...rest },
    plan?.algorithm ?? context.mimic.everyObject,
  );
  const lastModified = context.now();
  try {
    await uploads.change(uploadId, async (upload) => {
      const earlier = await existing(upload, context).put({ partNumber, lastModified, ...copied });
      if (earlier) await blobs.remove([earlier.blob]);
    });
  } catch (error) {
    await blobs.remove([copied.blob]);
    throw error;
  }
  return xmlResponse(
    xml('CopyPartResult', [
      xml('LastModified', isoTime(lastModified)),
      xml('ETag', quoted(copied.etag)),
      ...checksumElements(copied.checksum),
    ]),
  );
};

function copyRange(context: OperationContext, { size }: ObjectRecord): ByteRange {
  const header = context.request.headers['x-amz-copy-source-range'];
  if (header === undefined) return { start: 0, length: size };
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(String(header)) ?? [];
  const [start, end] = [Number(first ?? Number.NaN), Number(last ?? Number.NaN) + 1];
  if (!context.mimic.rangesOfSmall && size <= context.minPartSize)
    throw invalidRequest('The specified copy source is not supported as a byte-range copy source');
  if (start < end && end <= size) return { start, length: end - start };
  if (!Number.isNaN(start) && context.mimic.copyRange === 'InvalidRange') throw new S3Error('InvalidRange');
  throw invalidArgument(
    'x-amz-copy-source-range',
    String(header),
    Number.isNaN(start)
      ? 'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy'
      : `Range specified is not valid for source object of size: ${size}`,
  );
}
