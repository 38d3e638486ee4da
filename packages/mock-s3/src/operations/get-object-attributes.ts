import { xmlResponse } from '../http/s3-response.ts';
import { invalidArgument, S3Error } from '../s3-error.ts';
import type { ObjectRecord } from '../storage/records.ts';
import { type XmlElement, xml } from '../xml/write-xml.ts';
import { checksumElements } from './checksum-headers.ts';
import { bucketOf, httpTime, keyOf, type Operation } from './operation.ts';

/** What can be asked for, by its name in the header. */
const ATTRIBUTES: Readonly<Record<string, (object: ObjectRecord) => XmlElement | undefined>> = {
  ETag: ({ etag }) => xml('ETag', etag),
  Checksum: ({ checksum }) => checksum && xml('Checksum', checksumElements(checksum)),
  ObjectParts: objectParts,
  StorageClass: () => xml('StorageClass', 'STANDARD'),
  ObjectSize: ({ size }) => xml('ObjectSize', size),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes: Operation = async (context) => {
  const key = keyOf(context);
  const object = bucketOf(context).objects.get(key);
  if (object === undefined) throw new S3Error('NoSuchKey', { details: { Key: key } });
  const header = [context.request.headers['x-amz-object-attributes'] ?? ''].flat().join(',');
  const names = header.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(ATTRIBUTES, name));
  if (unknown !== undefined) {
    throw invalidArgument('x-amz-object-attributes', unknown, 'Invalid attribute name specified.');
  }
  const response = xmlResponse(
    xml(
      'GetObjectAttributesResponse',
      names.map((name) => ATTRIBUTES[name]?.(object)),
    ),
  );
  return { ...response, headers: { ...response.headers, 'last-modified': httpTime(object.lastModified) } };
};

/** Only how many parts there are: their checksums are not kept beyond Complete. */
function objectParts({ uploadId, blobs }: ObjectRecord): XmlElement | undefined {
  return uploadId === undefined ? undefined : xml('ObjectParts', [xml('PartsCount', blobs.length)]);
}
