import { emptyResponse } from '../http/s3-response.ts';
import { existing, uploadIdOf } from './find-upload.ts';
import { bucketOf, type Operation, quoted } from './operation.ts';
import { checkPartNumber } from './part-number.ts';
import { refuseUnknown } from './stored-headers.ts';
import { checkUploadSize } from './upload-size.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: Operation = async (context) => {
  const { request, body, now } = context;
  const { blobs, uploads } = bucketOf(context);
  const uploadId = uploadIdOf(context);
  const partNumber = checkPartNumber(request.query.get('partNumber') ?? '');
  existing(uploads.get(uploadId), context);
  refuseUnknown(request.headers);
  checkUploadSize(body);
  const blob = await blobs.write(body.bytes());
  try {
    await uploads.change(uploadId, async (upload) => {
      // It may have been completed or aborted while the bytes came in.
      const earlier = await existing(upload, context).put({ partNumber, etag: body.md5, lastModified: now(), blob });
      if (earlier) await blobs.remove([earlier.blob]);
    });
  } catch (error) {
    await blobs.remove([blob]);
    throw error;
  }
  return emptyResponse(200, { etag: quoted(body.md5) });
};
