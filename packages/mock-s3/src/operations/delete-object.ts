import { emptyResponse } from '../http/s3-response.ts';
import { S3Error } from '../s3-error.ts';
import { bucketOf, keyOf, type Operation } from './operation.ts';
import { namesEtag } from './preconditions.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: Operation = async (context) => {
  const { objects } = bucketOf(context);
  const ifMatch = context.request.headers['if-match'];
  const object = objects.get(keyOf(context));
  if (ifMatch !== undefined && object && !namesEtag(ifMatch, object.etag)) throw new S3Error('PreconditionFailed');
  await objects.delete(keyOf(context));
  return emptyResponse(204);
};
