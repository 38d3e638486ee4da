import { emptyResponse } from '../../http/s3-response.ts';
import { bucketOf, type Operation } from '../operation.ts';
import { existing, uploadIdOf } from './find-upload.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload: Operation = async (context) => {
  const { uploads, completed } = bucketOf(context);
  const uploadId = uploadIdOf(context);
  const asked = completed.get(uploadId) ? 'abortCompleted' : undefined;
  await uploads.change(uploadId, (upload) => uploads.remove(existing(upload, context, asked)));
  return emptyResponse(204);
};
