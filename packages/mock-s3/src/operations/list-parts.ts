import { xmlResponse } from '../http/s3-response.ts';
import { xml } from '../xml/write-xml.ts';
import { checksumElements } from './checksum-headers.ts';
import { existing, uploadIdOf } from './find-upload.ts';
import { bucketOf, isoTime, type Operation, quoted } from './operation.ts';
import { OWNER } from './owner.ts';
import { integerParameter, keyEncoding, pageSize } from './parameters.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: Operation = async (context) => {
  const { query } = context.request;
  const bucket = bucketOf(context);
  const upload = existing(bucket.uploads.get(uploadIdOf(context)), context);
  const max = pageSize(query, 'max-parts');
  const marker = integerParameter(query, 'part-number-marker', { min: 0, max: 2 ** 31 - 1, fallback: 0 });

  const rest = upload
    .parts()
    .filter(({ partNumber, lastModified }) => partNumber > marker && lastModified <= context.now() - context.listLag);
  const page = rest.slice(0, max);
  return xmlResponse(
    xml('ListPartsResult', [
      xml('Bucket', bucket.name),
      xml('Key', keyEncoding(query)(upload.record.key)),
      xml('UploadId', upload.record.uploadId),
      xml('Initiator', OWNER),
      xml('Owner', OWNER),
      xml('StorageClass', 'STANDARD'),
      xml('PartNumberMarker', marker),
      xml('NextPartNumberMarker', page.at(-1)?.partNumber ?? marker),
      xml('MaxParts', max),
      xml('IsTruncated', max > 0 && rest.length > max),
      ...(upload.record.checksum
        ? [xml('ChecksumAlgorithm', upload.record.checksum.algorithm), xml('ChecksumType', upload.record.checksum.type)]
        : []),
      ...page.map((part) =>
        xml('Part', [
          xml('PartNumber', part.partNumber),
          xml('LastModified', isoTime(part.lastModified)),
          xml('ETag', quoted(part.etag)),
          xml('Size', part.blob.size),
          ...checksumElements(part.checksum),
        ]),
      ),
    ]),
  );
};
