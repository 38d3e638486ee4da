import type { ChecksumPlan } from '../checksum/object-checksum.ts';
import type { RequestBody } from '../http/body.ts';
import { storedResponse } from '../http/stored-response.ts';
import { invalidRequest } from '../s3-error.ts';
import { checksumHeaders } from './checksum-headers.ts';
import { existing, uploadIdOf } from './find-upload.ts';
import { bucketOf, type Operation, quoted } from './operation.ts';
import { checkPartNumber } from './part-number.ts';
import { refuseUnknown } from './stored-headers.ts';
import { checkUploadSize } from './upload-size.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: Operation = async (context) => {
  const { request, body, now, mimic } = context;
  const { blobs, uploads } = bucketOf(context);
  const uploadId = uploadIdOf(context);
  const partNumber = checkPartNumber(request.query.get('partNumber') ?? '', mimic);
  const { checksum: plan } = existing(uploads.get(uploadId), context).record;
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
