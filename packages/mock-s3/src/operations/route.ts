import type { S3Request } from '../http/s3-request.ts';
import type { OperationName } from './operation-names.ts';

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
  'cors',
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
  'versioning',
  'versions',
  'website',
] as const;

/** Which operation a request asks for, from its method, its address and its query. */
export function route({ method, bucket, key, query, headers }: S3Request): Routed {
  if (method === 'OPTIONS') return 'Preflight';
  const config = key === undefined && bucket !== undefined ? routeBucketResource(method, query) : undefined;
  if (config !== undefined) return config;
  if (key !== undefined && method === 'GET' && query.has('acl')) return 'GetObjectAcl';
  if (key !== undefined && method === 'GET' && query.has('legal-hold')) return 'GetObjectLegalHold';
  if (key !== undefined && method === 'PUT' && query.has('legal-hold')) return 'PutObjectLegalHold';
  if (UNKNOWN_RESOURCES.some((name) => query.has(name))) return 'NotImplemented';
  // Versions can be read and deleted.
  if (query.has('versionId') && (method === 'PUT' || method === 'POST')) return 'NotImplemented';
  if (bucket === undefined) return method === 'GET' ? 'ListBuckets' : 'MethodNotAllowed';
  if (key === undefined) return routeBucket(method, query);
  return routeObject(method, query, headers['x-amz-copy-source'] !== undefined);
}

/** Sub-resources of a bucket, by method. */
const BUCKET_RESOURCES: Readonly<Record<string, Readonly<Record<string, Routed>>>> = {
  acl: { GET: 'GetBucketAcl', PUT: 'PutBucketAcl' },
  cors: { GET: 'GetBucketCors', PUT: 'PutBucketCors', DELETE: 'DeleteBucketCors' },
  lifecycle: {
    GET: 'GetBucketLifecycleConfiguration',
    PUT: 'PutBucketLifecycleConfiguration',
    DELETE: 'DeleteBucketLifecycle',
  },
  location: { GET: 'GetBucketLocation' },
  'object-lock': { GET: 'GetObjectLockConfiguration', PUT: 'PutObjectLockConfiguration' },
  policy: { GET: 'GetBucketPolicy' },
  policyStatus: { GET: 'GetBucketPolicyStatus' },
  publicAccessBlock: {
    GET: 'GetPublicAccessBlock',
    PUT: 'PutPublicAccessBlock',
    DELETE: 'DeletePublicAccessBlock',
  },
  requestPayment: { GET: 'GetBucketRequestPayment' },
  versioning: { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' },
  versions: { GET: 'ListObjectVersions' },
};

function routeBucketResource(method: string, query: S3Request['query']): Routed | undefined {
  const name = Object.keys(BUCKET_RESOURCES).find((each) => query.has(each));
  return name === undefined ? undefined : BUCKET_RESOURCES[name]?.[method];
}

function routeBucket(method: string, query: S3Request['query']): Routed {
  switch (method) {
    case 'GET':
      if (query.has('uploads')) return 'ListMultipartUploads';
      return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
    case 'HEAD':
      return 'HeadBucket';
    case 'PUT':
      return 'CreateBucket';
    case 'DELETE':
      return 'DeleteBucket';
    case 'POST':
      return query.has('delete') ? 'DeleteObjects' : 'PostObject';
    default:
      return 'MethodNotAllowed';
  }
}

function routeObject(method: string, query: S3Request['query'], isCopy: boolean): Routed {
  const hasUpload = query.has('uploadId');
  switch (method) {
    case 'GET':
      if (query.has('attributes')) return 'GetObjectAttributes';
      return hasUpload ? 'ListParts' : 'GetObject';
    case 'HEAD':
      return 'HeadObject';
    case 'PUT':
      if (hasUpload || query.has('partNumber')) return isCopy ? 'UploadPartCopy' : 'UploadPart';
      return isCopy ? 'CopyObject' : 'PutObject';
    case 'DELETE':
      return hasUpload ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'POST':
      if (query.has('uploads')) return 'CreateMultipartUpload';
      return hasUpload ? 'CompleteMultipartUpload' : 'MethodNotAllowed';
    default:
      return 'MethodNotAllowed';
  }
}
