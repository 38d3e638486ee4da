import * as v from 'valibot';
import { S3Error } from '../../errors/s3-error.ts';
import { xmlResponse } from '../../http/s3-response.ts';
import type { Bucket } from '../../store/bucket.ts';
import { parseShape, xmlText } from '../../xml/parse-xml.ts';
import { type XmlElement, xml } from '../../xml/write-xml.ts';
import { versioningOf, versionName } from '../bucket/versioning.ts';
import { bucketOf, type Operation, type OperationContext } from '../operation.ts';
import { deleteCheck } from './delete-check.ts';
import { lockedCheck } from './object-lock.ts';

const MAX_BODY = 2 * 1024 * 1024;

const Target = v.object({
  Key: v.pipe(xmlText, v.minLength(1)),
  VersionId: v.optional(v.string()),
  ETag: v.optional(xmlText),
  LastModifiedTime: v.optional(v.string()),
  Size: v.optional(v.string()),
});
type Target = v.InferOutput<typeof Target>;

const DeleteBody = v.object({
  Delete: v.object({
    Quiet: v.optional(v.string()),
    Object: v.pipe(v.array(Target), v.minLength(1), v.maxLength(1000)),
  }),
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects: Operation = async (context) => {
  const bucket = bucketOf(context);
  const { Delete } = parseShape(await context.body.text(MAX_BODY), DeleteBody);
  const isQuiet = Delete.Quiet?.trim().toLowerCase() === 'true';
  const results: (XmlElement | undefined)[] = [];
  for (const target of Delete.Object) results.push(await remove(bucket, target, context, isQuiet));
  return xmlResponse(xml('DeleteResult', results));
};

/** Deletes one object. @returns What is told of it. */
async function remove(
  bucket: Bucket,
  { Key, VersionId, ETag, LastModifiedTime, Size }: Target,
  { now, request }: OperationContext,
  isQuiet: boolean,
): Promise<XmlElement | undefined> {
  const named = [xml('Key', Key), VersionId === undefined ? undefined : xml('VersionId', VersionId)];
  const check = deleteCheck({ etag: ETag, lastModified: LastModifiedTime, size: Size });
  try {
    const record =
      VersionId === undefined
        ? await bucket.objects.delete(Key, { check, versioning: versioningOf(bucket), now: now() })
        : await bucket.objects.deleteVersion(Key, VersionId, lockedCheck(request.headers, now(), check));
    if (isQuiet) return undefined;
    const marker = record?.deleteMarker
      ? [xml('DeleteMarker', true), xml('DeleteMarkerVersionId', versionName(record))]
      : [];
    return xml('Deleted', [...named, ...marker]);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return xml('Error', [...named, xml('Code', error.code), xml('Message', error.message)]);
  }
}
