import type { IncomingHttpHeaders } from 'node:http';
import { invalidArgument } from '../../errors/s3-error.ts';
import { xmlResponse } from '../../http/s3-response.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { type XmlElement, xml } from '../../xml/write-xml.ts';
import { readObject, versionHeaders } from '../bucket/versioning.ts';
import { checksumElements } from '../checksum-headers.ts';
import { httpTime, type Operation } from '../operation.ts';

/** What can be asked for, by its name in the header. */
const ATTRIBUTES: Readonly<
  Record<string, (object: ObjectRecord, headers: IncomingHttpHeaders) => XmlElement | undefined>
> = {
  ETag: ({ etag }) => xml('ETag', etag),
  Checksum: ({ checksum }) => checksum && xml('Checksum', checksumElements(checksum)),
  ObjectParts: objectParts,
  StorageClass: () => xml('StorageClass', 'STANDARD'),
  ObjectSize: ({ size }) => xml('ObjectSize', size),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes: Operation = async (context) => {
  const object = readObject(context);
  const { headers } = context.request;
  const header = [headers['x-amz-object-attributes'] ?? ''].flat().join(',');
  const names = header.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(ATTRIBUTES, name));
  if (unknown !== undefined) {
    throw invalidArgument('x-amz-object-attributes', unknown, 'Invalid attribute name specified.');
  }
  const response = xmlResponse(
    xml(
      'GetObjectAttributesResponse',
      names.map((name) => ATTRIBUTES[name]?.(object, headers)),
    ),
  );
  const told = { 'last-modified': httpTime(object.lastModified), ...versionHeaders(object) };
  return { ...response, headers: { ...response.headers, ...told } };
};

/** Most parts of a page. */
const PAGE = 1000;

/** One page of the parts; none for an object that was put in one go. */
function objectParts({ uploadId, blobs, parts = [] }: ObjectRecord, headers: IncomingHttpHeaders) {
  if (uploadId === undefined) return undefined;
  const max = Math.min(PAGE, Number(headers['x-amz-max-parts'] ?? PAGE));
  const marker = Number(headers['x-amz-part-number-marker'] ?? 0);
  const all = parts.map((part, index) => ({ ...part, size: blobs[index]?.size ?? 0 }));
  const left = all.filter(({ partNumber }) => partNumber > marker);
  const page = left.slice(0, max);
  return xml('ObjectParts', [
    xml('PartsCount', blobs.length),
    xml('PartNumberMarker', marker),
    xml('NextPartNumberMarker', page.at(-1)?.partNumber ?? 0),
    xml('MaxParts', max),
    xml('IsTruncated', left.length > page.length),
    ...page.map(({ partNumber, size, checksum }) =>
      xml('Part', [xml('PartNumber', partNumber), xml('Size', size), ...checksumElements(checksum)]),
    ),
  ]);
}
