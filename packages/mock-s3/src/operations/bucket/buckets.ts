import { emptyResponse, xmlResponse } from '../../http/s3-response.ts';
import { xml } from '../../xml/write-xml.ts';
import { enableObjectLock } from '../object/object-lock.ts';
import { bucketOf, isoTime, type Operation } from '../operation.ts';
import { cannedAcl } from './bucket-acl.ts';
import { OWNER } from './owner.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets: Operation = async ({ store }) =>
  xmlResponse(
    xml('ListAllMyBucketsResult', [
      xml('Owner', OWNER),
      xml(
        'Buckets',
        store
          .buckets()
          .map(({ name, created }) => xml('Bucket', [xml('Name', name), xml('CreationDate', isoTime(created))])),
      ),
    ]),
  );

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket: Operation = async ({ request, store, now, mimic }) => {
  const name = request.bucket ?? '';
  const acl = cannedAcl(request, mimic);
  await store.createBucket(name, now());
  if (request.headers['x-amz-bucket-object-lock-enabled'] === 'true') await enableObjectLock(store.bucket(name));
  if (acl !== undefined) await store.bucket(name).configs.set('acl', acl);
  return emptyResponse(200, { location: `/${name}` });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket: Operation = async (context) => {
  bucketOf(context);
  return emptyResponse(200, { 'x-amz-bucket-region': context.region });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket: Operation = async (context) => {
  await context.store.deleteBucket(bucketOf(context).name);
  return emptyResponse(204);
};
