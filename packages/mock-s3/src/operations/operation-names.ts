/** Apart from the operations themselves, which need the faults. */
export const OPERATION_NAMES = [
  'AbortMultipartUpload',
  'CompleteMultipartUpload',
  'CopyObject',
  'CreateBucket',
  'CreateMultipartUpload',
  'DeleteBucket',
  'DeleteBucketCors',
  'DeleteBucketLifecycle',
  'DeleteObject',
  'DeleteObjects',
  'DeletePublicAccessBlock',
  'GetBucketAcl',
  'GetBucketCors',
  'GetBucketLifecycleConfiguration',
  'GetBucketLocation',
  'GetBucketPolicy',
  'GetBucketPolicyStatus',
  'GetBucketRequestPayment',
  'GetBucketVersioning',
  'GetObject',
  'GetObjectAcl',
  'GetObjectAttributes',
  'GetObjectLegalHold',
  'GetObjectLockConfiguration',
  'GetPublicAccessBlock',
  'HeadBucket',
  'HeadObject',
  'ListBuckets',
  'ListMultipartUploads',
  'ListObjectVersions',
  'ListObjects',
  'ListObjectsV2',
  'ListParts',
  'PostObject',
  'PutBucketAcl',
  'PutBucketCors',
  'PutBucketLifecycleConfiguration',
  'PutBucketVersioning',
  'PutObject',
  'PutObjectLegalHold',
  'PutObjectLockConfiguration',
  'PutPublicAccessBlock',
  'UploadPart',
  'UploadPartCopy',
  'MethodNotAllowed',
  'NotImplemented',
  'Preflight',
  'Unreadable',
] as const;

/**
 * S3's name for what a request does. `Preflight` is a browser asking for leave, `Unreadable` a request whose address is
 * none.
 */
export type OperationName = (typeof OPERATION_NAMES)[number];

export const isOperationName = (text: string): text is OperationName =>
  (OPERATION_NAMES as readonly string[]).includes(text);
