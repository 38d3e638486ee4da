import type { ChecksumPlan } from '../../checksum/object-checksum.ts';
import { invalidRequest } from '../../errors/s3-error.ts';
import type { RequestBody } from '../../http/body.ts';
import { storedResponse } from '../../http/stored-response.ts';
import type { Bucket } from '../../store/bucket.ts';
import { checksumHeaders } from '../checksum-headers.ts';
import { checkLockedBody } from '../object/object-lock.ts';
import { refuseUnknown } from '../object/stored-headers.ts';
import { checkUploadSize } from '../object/upload-size.ts';
import { bucketOf, keyOf, type Operation, type OperationContext, quoted } from '../operation.ts';
import { existing, uploadIdOf } from './find-upload.ts';
import { checkPartNumber } from './part-number.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: Operation = async (context) => {
  const { request, body, now, mimic } = context;
  const bucket = bucketOf(context);
  const { blobs, uploads } = bucket;
  const uploadId = uploadIdOf(context);
  const partNumber = checkPartNumber(request.query.get('partNumber') ?? '', mimic);
  if (
    mimic.takesLateParts &&
    uploads.get(uploadId) === undefined &&
    bucket.completed.get(uploadId)?.key === keyOf(context)
  )
    return takeLatePart(context, bucket, partNumber);
  const { checksum: plan, headers: kept } = existing(uploads.get(uploadId), context).record;
  checkLockedBody(kept, context, 'Part');
  wantChecksum(body, plan);
  if (plan === undefined && mimic.everyObject && body.claimedAlgorithm === undefined) body.want(mimic.everyObject);
  refuseUnknown(request.headers);
  checkUploadSize(body);
  const blob = await blobs.write(body.bytes());
  try {
    await uploads.change(uploadId, async (upload) => {
      // It may have been completed or aborted while the bytes came in.
      const earlier = await existing(upload, context).put({
        partNumber,
        etag: body.md5,
        lastModified: now(),
        blob,
        ...(body.checksum && { checksum: body.checksum }),
      });
      if (earlier) await blobs.remove([earlier.blob]);
    });
  } catch (error) {
    await blobs.remove([blob]);
    throw error;
  }
  return storedResponse(mimic, { etag: quoted(body.md5), ...checksumHeaders(body.checksum) });
};

/** Swift's objects in parts are a list of others, with the ETag of each: it is taken, and the list does not fit any more. */
async function takeLatePart(
  { body, mimic, request }: OperationContext,
  { blobs, objects, completed }: Bucket,
  partNumber: number,
) {
  const uploadId = request.query.get('uploadId') ?? '';
  await blobs.remove([await blobs.write(body.bytes())]);
  const object = objects.versions().find((each) => each.uploadId === uploadId);
  const part = object?.parts?.find((each) => each.partNumber === partNumber);
  if (part !== undefined && part.etag !== body.md5) completed.break(uploadId);
  return storedResponse(mimic, { etag: quoted(body.md5) });
}

/** The parts of an upload that was created with a checksum must have it; a CRC of the whole S3 computes by itself. */
function wantChecksum(body: RequestBody, plan: ChecksumPlan | undefined): void {
  if (plan === undefined || body.claimedAlgorithm === plan.algorithm) return;
  if (plan.type === 'FULL_OBJECT' && body.claimedAlgorithm === undefined) {
    body.want(plan.algorithm);
    return;
  }
  throw invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${plan.algorithm.toLowerCase()}, actual checksum Type: ${body.claimedAlgorithm?.toLowerCase() ?? 'null'}`,
  );
}
