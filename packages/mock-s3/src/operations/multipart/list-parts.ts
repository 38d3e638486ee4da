import { xmlResponse } from '../../http/s3-response.ts';
import type { Bucket } from '../../store/bucket.ts';
import type { PartRecord } from '../../store/records.ts';
import { xml } from '../../xml/write-xml.ts';
import { OWNER } from '../bucket/owner.ts';
import { integerParameter, keyEncoding, pageSize } from '../bucket/parameters.ts';
import { checksumElements } from '../checksum-headers.ts';
import { bucketOf, isoTime, keyOf, type Operation, type OperationContext, quoted } from '../operation.ts';
import { existing, uploadIdOf } from './find-upload.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: Operation = async (context) => {
  const { query } = context.request;
  const bucket = bucketOf(context);
  const uploadId = uploadIdOf(context);
  const pending = bucket.uploads.get(uploadId);
  const completed = pending === undefined && context.mimic.listsCompleted ? partsOfObject(bucket, context) : undefined;
  const upload = completed ? undefined : existing(pending, context, 'listParts');
  const max = pageSize(query, 'max-parts');
  const marker = integerParameter(query, 'part-number-marker', { min: 0, max: 2 ** 31 - 1, fallback: 0 });

  const rest = (upload?.parts() ?? completed ?? []).filter(
    ({ partNumber, lastModified }) => partNumber > marker && lastModified <= context.now() - context.listLag,
  );
  const plan = upload?.record.checksum;
  const page = rest.slice(0, max);
  return xmlResponse(
    xml('ListPartsResult', [
      xml('Bucket', bucket.name),
      xml('Key', keyEncoding(query, context.mimic)(keyOf(context))),
      xml('UploadId', uploadId),
      xml('Initiator', OWNER),
      xml('Owner', OWNER),
      xml('StorageClass', 'STANDARD'),
      xml('PartNumberMarker', marker),
      xml('NextPartNumberMarker', page.at(-1)?.partNumber ?? marker),
      xml('MaxParts', max),
      xml('IsTruncated', max > 0 && rest.length > max),
      ...(plan ? [xml('ChecksumAlgorithm', plan.algorithm), xml('ChecksumType', plan.type)] : []),
      ...page.map((part) =>
        xml('Part', [
          xml('PartNumber', part.partNumber),
          xml('LastModified', isoTime(part.lastModified)),
          xml('ETag', quoted(part.etag)),
          xml('Size', part.blob.size),
          ...(plan ? checksumElements(part.checksum) : []),
        ]),
      ),
    ]),
  );
};

/** The parts that an object was made of, where it is still there. */
function partsOfObject({ objects }: Bucket, context: OperationContext): readonly PartRecord[] | undefined {
  const object = objects.get(keyOf(context));
  if (object?.uploadId !== uploadIdOf(context)) return undefined;
  const { blobs, parts = [], lastModified } = object;
  return parts.flatMap(({ partNumber, etag = '' }, index) => {
    const blob = blobs[index];
    return blob === undefined ? [] : [{ partNumber, etag, blob, lastModified }];
  });
}
