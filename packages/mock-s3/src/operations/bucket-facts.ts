import { xmlResponse } from '../http/s3-response.ts';
import { S3Error } from '../s3-error.ts';
import { xml } from '../xml/write-xml.ts';
import { bucketOf, type Operation } from './operation.ts';
import { OWNER } from './owner.ts';

// Questions that clients ask of a bucket before they use it, and that have the same answer for every bucket here.

/**
 * The first region of AWS has no name here.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
export const getBucketLocation: Operation = async (context) => {
  bucketOf(context);
  return xmlResponse(xml('LocationConstraint', context.region === 'us-east-1' ? '' : context.region));
};

/** Never on. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning: Operation = async (context) => {
  bucketOf(context);
  return xmlResponse(xml('VersioningConfiguration', ''));
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy: Operation = async (context) => {
  throw new S3Error('NoSuchBucketPolicy', { details: { BucketName: bucketOf(context).name } });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus: Operation = async (context) => {
  bucketOf(context);
  return xmlResponse(xml('PolicyStatus', [xml('IsPublic', false)]));
};

/** The owner may do everything. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl: Operation = async (context) => {
  bucketOf(context);
  return xmlResponse(
    xml('AccessControlPolicy', [
      xml('Owner', OWNER),
      xml('AccessControlList', [xml('Grant', [xml('Grantee', OWNER), xml('Permission', 'FULL_CONTROL')])]),
    ]),
  );
};
