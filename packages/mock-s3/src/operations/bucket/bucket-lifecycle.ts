import * as v from 'valibot';
import { S3Error } from '../../errors/s3-error.ts';
import { emptyResponse, xmlDocument } from '../../http/s3-response.ts';
import { parseShape } from '../../xml/parse-xml.ts';
import { bucketOf, type Operation } from '../operation.ts';

const MAX_BODY = 512 * 1024;

const Lifecycle = v.object({
  LifecycleConfiguration: v.object({
    Rule: v.pipe(v.array(v.object({ Status: v.picklist(['Enabled', 'Disabled']) })), v.minLength(1), v.maxLength(1000)),
  }),
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const getBucketLifecycleConfiguration: Operation = async (context) => {
  const bucket = bucketOf(context);
  const config = bucket.configs.get('lifecycle');
  if (config.kind === 'set') return xmlDocument(config.document);
  throw new S3Error('NoSuchLifecycleConfiguration', { details: { BucketName: bucket.name } });
};

/**
 * Keeps a lifecycle, and does not act on it: nothing in this store grows old.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const putBucketLifecycleConfiguration: Operation = async (context) => {
  const bucket = bucketOf(context);
  const document = await context.body.text(MAX_BODY);
  parseShape(document, Lifecycle);
  await bucket.configs.set('lifecycle', document);
  return emptyResponse(200);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export const deleteBucketLifecycle: Operation = async (context) => {
  await bucketOf(context).configs.delete('lifecycle');
  return emptyResponse(204);
};
