import { S3Error } from '../s3-error.ts';
import { abortMultipartUpload } from './abort-multipart-upload.ts';
import { createBucket, deleteBucket, headBucket, listBuckets } from './buckets.ts';
import { completeMultipartUpload } from './complete-multipart-upload.ts';
import { createMultipartUpload } from './create-multipart-upload.ts';
import { deleteObject } from './delete-object.ts';
import { getObject, headObject } from './get-object.ts';
import { listMultipartUploads } from './list-multipart-uploads.ts';
import { listObjectsV2 } from './list-objects.ts';
import { listParts } from './list-parts.ts';
import type { Operation } from './operation.ts';
import { putObject } from './put-object.ts';
import { uploadPart } from './upload-part.ts';

/** Every operation that the store answers. */
export const OPERATIONS = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteObject: deleteObject,
  GetObject: getObject,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PutObject: putObject,
  UploadPart: uploadPart,
  /** A method that S3 does not have at this place. */
  MethodNotAllowed: async () => {
    throw new S3Error('MethodNotAllowed');
  },
  /** Something that S3 has, and this store has not. */
  NotImplemented: async () => {
    throw new S3Error('NotImplemented');
  },
} as const satisfies Record<string, Operation>;

/**
 * S3's name for what a request does. `Preflight` is a browser asking for leave, `Unreadable` a request whose address is
 * none.
 */
export type OperationName = keyof typeof OPERATIONS | 'Preflight' | 'Unreadable';
