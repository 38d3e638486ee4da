import { S3Error } from '../../errors/s3-error.ts';
import { xmlResponse } from '../../http/s3-response.ts';
import { xml } from '../../xml/write-xml.ts';
import { bucketOf, type Operation } from '../operation.ts';

// Questions that clients ask of a bucket before they use it, and that have the same response for every bucket here.

/**
 * The first region of AWS has no name here.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
export const getBucketLocation: Operation = async (context) => {
  bucketOf(context);
  return xmlResponse(xml('LocationConstraint', context.region === 'us-east-1' ? '' : context.region));
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy: Operation = async (context) => {
  throw new S3Error('NoSuchBucketPolicy', { details: { BucketName: bucketOf(context).name } });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
export const getBucketRequestPayment: Operation = async (context) => {
  bucketOf(context);
  return xmlResponse(xml('RequestPaymentConfiguration', [xml('Payer', 'BucketOwner')]));
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus: Operation = async (context) => {
  bucketOf(context);
  return xmlResponse(xml('PolicyStatus', [xml('IsPublic', false)]));
};
