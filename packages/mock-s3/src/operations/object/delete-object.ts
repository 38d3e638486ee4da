import { emptyResponse, type S3Response } from '../../http/s3-response.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { versionHeaders, versioningOf } from '../bucket/versioning.ts';
import { bucketOf, keyOf, type Operation } from '../operation.ts';
import { deleteCheck } from './delete-check.ts';
import { lockedCheck } from './object-lock.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: Operation = async (context) => {
  const bucket = bucketOf(context);
  const key = keyOf(context);
  const { headers, query } = context.request;
  const check = deleteCheck({
    etag: headers['if-match'],
    lastModified: headers['x-amz-if-match-last-modified-time']?.toString(),
    size: headers['x-amz-if-match-size']?.toString(),
  });
  const versionId = query.get('versionId');
  if (versionId === undefined) {
    const versioning = versioningOf(bucket);
    return deleted(await bucket.objects.delete(key, { check, versioning, now: context.now() }));
  }
  return deleted(await bucket.objects.deleteVersion(key, versionId, lockedCheck(headers, context.now(), check)));
};

/** @param record - The delete marker that was made, or the version that was deleted. */
function deleted(record: ObjectRecord | undefined): S3Response {
  if (record === undefined) return emptyResponse(204);
  const marker: Record<string, string> = record.deleteMarker ? { 'x-amz-delete-marker': 'true' } : {};
  return emptyResponse(204, { ...marker, ...versionHeaders(record) });
}
