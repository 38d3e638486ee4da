import { xmlResponse } from '../http/s3-response.ts';
import { compareKeys } from '../storage/compare-keys.ts';
import { listPage } from '../storage/list-page.ts';
import { xml } from '../xml/write-xml.ts';
import { bucketOf, isoTime, type Operation, quoted } from './operation.ts';
import { OWNER } from './owner.ts';
import { keyEncoding, pageSize } from './parameters.ts';

/**
 * Versions are never kept, so every object has one, which S3 calls `null`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
export const listObjectVersions: Operation = async (context) => {
  const { query } = context.request;
  const bucket = bucketOf(context);
  const encode = keyEncoding(query);
  const prefix = query.get('prefix') ?? '';
  const marker = query.get('key-marker') ?? '';
  const max = pageSize(query, 'max-keys');
  const page = listPage(
    bucket.objects.sorted().filter(({ key }) => compareKeys(key, marker) > 0),
    ({ key }) => key,
    { prefix, delimiter: query.get('delimiter') ?? '', max },
  );
  const next = page.next?.kind === 'entry' ? page.next.entry.key : page.next?.commonPrefix;
  return xmlResponse(
    xml('ListVersionsResult', [
      xml('Name', bucket.name),
      xml('Prefix', encode(prefix)),
      xml('KeyMarker', encode(marker)),
      next === undefined ? undefined : xml('NextKeyMarker', encode(next)),
      query.has('encoding-type') ? xml('EncodingType', 'url') : undefined,
      xml('MaxKeys', max),
      xml('IsTruncated', page.next !== undefined),
      ...page.entries.map((object) =>
        xml('Version', [
          xml('Key', encode(object.key)),
          xml('VersionId', 'null'),
          xml('IsLatest', true),
          xml('LastModified', isoTime(object.lastModified)),
          xml('ETag', quoted(object.etag)),
          xml('Size', object.size),
          xml('StorageClass', 'STANDARD'),
          xml('Owner', OWNER),
        ]),
      ),
      ...page.commonPrefixes.map((each) => xml('CommonPrefixes', [xml('Prefix', encode(each))])),
    ]),
  );
};
