import { emptyResponse } from '../http/s3-response.ts';
import { existing, uploadIdOf } from './find-upload.ts';
import { bucketOf, type Operation } from './operation.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload: Operation = async (context) => {
  const { uploads } = bucketOf(context);
  await uploads.change(uploadIdOf(context), (upload) => uploads.remove(existing(upload, context)));
  return emptyResponse(204);
};
