import { S3Error } from '../../errors/s3-error.ts';
import { corsRulesOf } from '../../http/cors-rules.ts';
import { emptyResponse, xmlDocument } from '../../http/s3-response.ts';
import { parseBucketCors, writeBucketCors } from '../../xml/cors-configuration.ts';
import { bucketOf, type Operation } from '../operation.ts';

/** Most bytes of a configuration, at S3 too. */
const MAX_BODY = 64 * 1024;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export const getBucketCors: Operation = async (context) => {
  const bucket = bucketOf(context);
  if (!context.mimic.bucketCors) throw new S3Error('NotImplemented');
  const rules = corsRulesOf(bucket, context.corsDefaults);
  if (rules.length === 0) throw new S3Error('NoSuchCORSConfiguration', { details: { BucketName: bucket.name } });
  return xmlDocument(writeBucketCors(rules));
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const putBucketCors: Operation = async (context) => {
  const bucket = bucketOf(context);
  if (!context.mimic.bucketCors) throw new S3Error('NotImplemented');
  const document = await context.body.text(MAX_BODY);
  parseBucketCors(document);
  await bucket.configs.set('cors', document);
  return emptyResponse(200);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export const deleteBucketCors: Operation = async (context) => {
  if (!context.mimic.bucketCors) throw new S3Error('NotImplemented');
  await bucketOf(context).configs.delete('cors');
  return emptyResponse(204);
};
