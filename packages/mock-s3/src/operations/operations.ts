import { S3Error } from '../errors/s3-error.ts';
import { getBucketAcl, getObjectAcl, putBucketAcl } from './bucket/bucket-acl.ts';
import { deleteBucketCors, getBucketCors, putBucketCors } from './bucket/bucket-cors.ts';
import {
  getBucketLocation,
  getBucketPolicy,
  getBucketPolicyStatus,
  getBucketRequestPayment,
} from './bucket/bucket-facts.ts';
import {
  deleteBucketLifecycle,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
} from './bucket/bucket-lifecycle.ts';
import { createBucket, deleteBucket, headBucket, listBuckets } from './bucket/buckets.ts';
import { listMultipartUploads } from './bucket/list-multipart-uploads.ts';
import { listObjectVersions } from './bucket/list-object-versions.ts';
import { listObjects, listObjectsV2 } from './bucket/list-objects.ts';
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from './bucket/public-access-block.ts';
import { getBucketVersioning, putBucketVersioning } from './bucket/versioning.ts';
import { postObject } from './form/post-object.ts';
import { abortMultipartUpload } from './multipart/abort-multipart-upload.ts';
import { completeMultipartUpload } from './multipart/complete-multipart-upload.ts';
import { createMultipartUpload } from './multipart/create-multipart-upload.ts';
import { listParts } from './multipart/list-parts.ts';
import { uploadPart } from './multipart/upload-part.ts';
import { uploadPartCopy } from './multipart/upload-part-copy.ts';
import { copyObject } from './object/copy-object.ts';
import { deleteObject } from './object/delete-object.ts';
import { deleteObjects } from './object/delete-objects.ts';
import { getObject, headObject } from './object/get-object.ts';
import { getObjectAttributes } from './object/get-object-attributes.ts';
import {
  getObjectLegalHold,
  getObjectLockConfiguration,
  putObjectLegalHold,
  putObjectLockConfiguration,
} from './object/object-lock.ts';
import { putObject } from './object/put-object.ts';
import type { Operation } from './operation.ts';
import type { OperationName } from './operation-names.ts';

/** Every operation that the store answers. */
export const OPERATIONS = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketCors: deleteBucketCors,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketAcl: getBucketAcl,
  GetBucketCors: getBucketCors,
  GetBucketLifecycleConfiguration: getBucketLifecycleConfiguration,
  GetBucketLocation: getBucketLocation,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketRequestPayment: getBucketRequestPayment,
  GetBucketVersioning: getBucketVersioning,
  GetObject: getObject,
  GetObjectAcl: getObjectAcl,
  GetObjectAttributes: getObjectAttributes,
  GetObjectLegalHold: getObjectLegalHold,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  GetPublicAccessBlock: getPublicAccessBlock,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectVersions: listObjectVersions,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PostObject: postObject,
  PutBucketAcl: putBucketAcl,
  PutBucketCors: putBucketCors,
  PutBucketLifecycleConfiguration: putBucketLifecycleConfiguration,
  PutBucketVersioning: putBucketVersioning,
  PutObject: putObject,
  PutObjectLegalHold: putObjectLegalHold,
  PutObjectLockConfiguration: putObjectLockConfiguration,
  PutPublicAccessBlock: putPublicAccessBlock,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  /** A method that S3 does not have at this place. */
  MethodNotAllowed: async () => {
    throw new S3Error('MethodNotAllowed');
  },
  /** Something that S3 has, and this store has not. */
  NotImplemented: async () => {
    throw new S3Error('NotImplemented');
  },
} as const satisfies Record<Exclude<OperationName, 'Preflight' | 'Unreadable'>, Operation>;
