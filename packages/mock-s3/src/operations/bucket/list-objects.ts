import { invalidArgument } from '../../errors/s3-error.ts';
import { xmlResponse } from '../../http/s3-response.ts';
import { compareKeys } from '../../store/compare-keys.ts';
import { type ListPage, listPage, type Place } from '../../store/list-page.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { type XmlElement, xml } from '../../xml/write-xml.ts';
import { bucketOf, isoTime, type Operation, quoted } from '../operation.ts';
import { keyEncoding, pageSize } from './parameters.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2: Operation = async (context) => {
  const { query } = context.request;
  const bucket = bucketOf(context);
  const encode = keyEncoding(query, context.mimic);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const startAfter = query.get('start-after');
  const token = query.get('continuation-token');
  const max = pageSize(query, 'max-keys');

  const isAfter = token === undefined ? isAfterKey(startAfter ?? '') : isAfterToken(token);
  const page = listPage(
    bucket.objects.sorted().filter(({ key }) => isAfter(key)),
    ({ key }) => key,
    { prefix, delimiter, max },
  );
  return xmlResponse(
    xml('ListBucketResult', [
      xml('Name', bucket.name),
      xml('Prefix', encode(prefix)),
      query.has('delimiter') ? xml('Delimiter', encode(delimiter)) : undefined,
      query.has('encoding-type') ? xml('EncodingType', 'url') : undefined,
      startAfter === undefined ? undefined : xml('StartAfter', encode(startAfter)),
      token === undefined ? undefined : xml('ContinuationToken', token),
      page.next && xml('NextContinuationToken', writeToken(page.next)),
      xml('KeyCount', page.entries.length + page.commonPrefixes.length),
      xml('MaxKeys', max),
      xml('IsTruncated', page.next !== undefined),
      ...listEntries(page, encode),
    ]),
  );
};

function isAfterKey(place: string): (key: string) => boolean {
  return (key) => compareKeys(key, place) > 0;
}

/** A token is the last key or common prefix of a page: `k` or `p` and the text, in base64url. */
function writeToken(place: Place<ObjectRecord>): string {
  const text = place.kind === 'entry' ? `k${place.entry.key}` : `p${place.commonPrefix}`;
  return Buffer.from(text).toString('base64url');
}

function isAfterToken(token: string): (key: string) => boolean {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const place = text.slice(1);
  if (text.startsWith('k')) return isAfterKey(place);
  if (text.startsWith('p')) return (key) => compareKeys(key, place) > 0 && !key.startsWith(place);
  throw invalidArgument('continuation-token', token, 'The continuation token provided is incorrect');
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects: Operation = async (context) => {
  const { query } = context.request;
  const bucket = bucketOf(context);
  const encode = keyEncoding(query, context.mimic);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const marker = query.get('marker') ?? '';
  const max = pageSize(query, 'max-keys');
  // A marker may be a common prefix; what is under it was listed with it.
  const isUnder = (key: string): boolean =>
    delimiter !== '' && marker.endsWith(delimiter) && marker.length > prefix.length && key.startsWith(marker);
  const page = listPage(
    bucket.objects.sorted().filter(({ key }) => compareKeys(key, marker) > 0 && !isUnder(key)),
    ({ key }) => key,
    { prefix, delimiter, max },
  );
  const next = page.next?.kind === 'entry' ? page.next.entry.key : page.next?.commonPrefix;
  return xmlResponse(
    xml('ListBucketResult', [
      xml('Name', bucket.name),
      xml('Prefix', encode(prefix)),
      xml('Marker', encode(marker)),
      next !== undefined && delimiter !== '' ? xml('NextMarker', encode(next)) : undefined,
      query.has('delimiter') ? xml('Delimiter', encode(delimiter)) : undefined,
      query.has('encoding-type') ? xml('EncodingType', 'url') : undefined,
      xml('MaxKeys', max),
      xml('IsTruncated', page.next !== undefined),
      ...listEntries(page, encode),
    ]),
  );
};

function listEntries(page: ListPage<ObjectRecord>, encode: (key: string) => string): readonly XmlElement[] {
  return [
    ...page.entries.map((object) =>
      xml('Contents', [
        xml('Key', encode(object.key)),
        xml('LastModified', isoTime(object.lastModified)),
        xml('ETag', quoted(object.etag)),
        ...(object.checksum
          ? [xml('ChecksumAlgorithm', object.checksum.algorithm), xml('ChecksumType', object.checksum.type)]
          : []),
        xml('Size', object.size),
        xml('StorageClass', 'STANDARD'),
      ]),
    ),
    ...page.commonPrefixes.map((each) => xml('CommonPrefixes', [xml('Prefix', encode(each))])),
  ];
}
