import { xmlResponse } from '../../http/s3-response.ts';
import { compareKeys } from '../../store/compare-keys.ts';
import { listPage } from '../../store/list-page.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { type XmlElement, xml } from '../../xml/write-xml.ts';
import { bucketOf, isoTime, type Operation, quoted } from '../operation.ts';
import { OWNER } from './owner.ts';
import { keyEncoding, pageSize } from './parameters.ts';
import { versionName } from './versioning.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions: Operation = async (context) => {
  const { query } = context.request;
  const { name, objects } = bucketOf(context);
  const encode = keyEncoding(query, context.mimic);
  const prefix = query.get('prefix') ?? '';
  const marker = { key: query.get('key-marker') ?? '', versionId: query.get('version-id-marker') };
  const max = pageSize(query, 'max-keys');
  const wanted = { prefix, delimiter: query.get('delimiter') ?? '', max };
  const page = listPage(after(objects.versions(), marker), ({ key }) => key, wanted);
  const next = page.next?.kind === 'entry' ? page.next.entry : undefined;
  const nextKey = next?.key ?? (page.next?.kind === 'commonPrefix' ? page.next.commonPrefix : undefined);
  return xmlResponse(
    xml('ListVersionsResult', [
      xml('Name', name),
      xml('Prefix', encode(prefix)),
      xml('KeyMarker', encode(marker.key)),
      xml('VersionIdMarker', marker.versionId ?? ''),
      nextKey === undefined ? undefined : xml('NextKeyMarker', encode(nextKey)),
      next === undefined ? undefined : xml('NextVersionIdMarker', versionName(next)),
      query.has('encoding-type') ? xml('EncodingType', 'url') : undefined,
      xml('MaxKeys', max),
      xml('IsTruncated', page.next !== undefined),
      ...page.entries.map((record) => describe(record, record === objects.latest(record.key), encode)),
      ...page.commonPrefixes.map((each) => xml('CommonPrefixes', [xml('Prefix', encode(each))])),
    ]),
  );
};

/** What comes behind the place where the last page ended: a whole key, or one of its versions. */
function after(
  versions: readonly ObjectRecord[],
  marker: { readonly key: string; readonly versionId: string | undefined },
): readonly ObjectRecord[] {
  const isMarker = (record: ObjectRecord) => record.key === marker.key && versionName(record) === marker.versionId;
  const index = marker.versionId === undefined ? -1 : versions.findIndex(isMarker);
  if (index !== -1) return versions.slice(index + 1);
  return versions.filter(({ key }) => compareKeys(key, marker.key) > 0);
}

function describe(record: ObjectRecord, isLatest: boolean, encode: (key: string) => string): XmlElement {
  const facts = [
    xml('Key', encode(record.key)),
    xml('VersionId', versionName(record)),
    xml('IsLatest', isLatest),
    xml('LastModified', isoTime(record.lastModified)),
    xml('Owner', OWNER),
  ];
  if (record.deleteMarker) return xml('DeleteMarker', facts);
  const stored = [xml('ETag', quoted(record.etag)), xml('Size', record.size), xml('StorageClass', 'STANDARD')];
  return xml('Version', [...facts, ...stored]);
}
