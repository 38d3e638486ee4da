import type { S3Request } from '../http/s3-request.ts';
import type { OperationName } from './operations.ts';

type Routed = Exclude<OperationName, 'Unreadable'>;

/**
 * Sub-resources of S3 that this store does not have. Answering them as if the query were not there would be a wrong
 * success.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
const UNKNOWN_RESOURCES = [
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'tagging',
  'torrent',
  'versionId',
  'versioning',
  'versions',
  'website',
] as const;

/** Which operation a request asks for, from its method, its address and its query. */
export function route({ method, bucket, key, query }: S3Request): Routed {
  if (method === 'OPTIONS') return 'Preflight';
  if (UNKNOWN_RESOURCES.some((name) => query.has(name))) return 'NotImplemented';
  if (bucket === undefined) return method === 'GET' ? 'ListBuckets' : 'MethodNotAllowed';
  return key === undefined ? routeBucket(method, query) : routeObject(method, query);
}

function routeBucket(method: string, query: S3Request['query']): Routed {
  switch (method) {
    case 'GET':
      if (query.has('uploads')) return 'ListMultipartUploads';
      return query.get('list-type') === '2' ? 'ListObjectsV2' : 'NotImplemented';
    case 'HEAD':
      return 'HeadBucket';
    case 'PUT':
      return 'CreateBucket';
    case 'DELETE':
      return 'DeleteBucket';
    case 'POST':
      return 'NotImplemented';
    default:
      return 'MethodNotAllowed';
  }
}

function routeObject(method: string, query: S3Request['query']): Routed {
  const hasUpload = query.has('uploadId');
  switch (method) {
    case 'GET':
      return hasUpload ? 'ListParts' : 'GetObject';
    case 'HEAD':
      return 'HeadObject';
    case 'PUT':
      return hasUpload || query.has('partNumber') ? 'UploadPart' : 'PutObject';
    case 'DELETE':
      return hasUpload ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'POST':
      if (query.has('uploads')) return 'CreateMultipartUpload';
      return hasUpload ? 'CompleteMultipartUpload' : 'MethodNotAllowed';
    default:
      return 'MethodNotAllowed';
  }
}
