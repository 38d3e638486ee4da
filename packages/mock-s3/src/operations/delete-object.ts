import { emptyResponse } from '../http/s3-response.ts';
import { bucketOf, keyOf, type Operation } from './operation.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: Operation = async (context) => {
  await bucketOf(context).objects.delete(keyOf(context));
  return emptyResponse(204);
};
