import { xmlResponse } from '../../http/s3-response.ts';
import { compareKeys } from '../../store/compare-keys.ts';
import { listPage } from '../../store/list-page.ts';
import type { UploadRecord } from '../../store/records.ts';
import { xml } from '../../xml/write-xml.ts';
import { bucketOf, isoTime, type Operation } from '../operation.ts';
import { OWNER } from './owner.ts';
import { keyEncoding, pageSize } from './parameters.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads: Operation = async (context) => {
  const { query } = context.request;
  const bucket = bucketOf(context);
  const encode = keyEncoding(query, context.mimic);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  // Without a key marker, S3 passes over the id.
  const idMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? '');
  const max = pageSize(query, 'max-uploads');

  const uploads = bucket.uploads.sorted().map(({ record }) => record);
  const page = listPage(
    uploads.filter((upload) => isAfter(upload, keyMarker, idMarker, delimiter)),
    ({ key }) => key,
    { prefix, delimiter, max },
  );
  const nextKey = page.next?.kind === 'entry' ? page.next.entry.key : page.next?.commonPrefix;
  return xmlResponse(
    xml('ListMultipartUploadsResult', [
      xml('Bucket', bucket.name),
      xml('KeyMarker', encode(keyMarker)),
      xml('UploadIdMarker', idMarker),
      nextKey === undefined ? undefined : xml('NextKeyMarker', encode(nextKey)),
      page.next?.kind === 'entry' ? xml('NextUploadIdMarker', page.next.entry.uploadId) : undefined,
      xml('Prefix', encode(prefix)),
      query.has('delimiter') ? xml('Delimiter', encode(delimiter)) : undefined,
      query.has('encoding-type') && context.mimic.saysEncoding ? xml('EncodingType', 'url') : undefined,
      xml('MaxUploads', max),
      xml('IsTruncated', page.next !== undefined),
      ...page.entries.map((upload) =>
        xml('Upload', [
          xml('Key', encode(upload.key)),
          xml('UploadId', upload.uploadId),
          xml('Initiator', OWNER),
          xml('Owner', OWNER),
          xml('StorageClass', 'STANDARD'),
          xml('Initiated', isoTime(upload.initiated)),
        ]),
      ),
      ...page.commonPrefixes.map((each) => xml('CommonPrefixes', [xml('Prefix', encode(each))])),
    ]),
  );
};

function isAfter({ key, uploadId }: UploadRecord, keyMarker: string, idMarker: string, delimiter: string): boolean {
  // A marker that ends in the delimiter is a common prefix, which the page before has already told.
  if (delimiter !== '' && keyMarker.endsWith(delimiter) && key.startsWith(keyMarker)) return false;
  const order = compareKeys(key, keyMarker);
  if (order !== 0) return order > 0;
  return idMarker !== '' && compareKeys(uploadId, idMarker) > 0;
}
