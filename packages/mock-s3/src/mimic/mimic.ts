import { MAX_PARTS } from '@portage/protocol';
import { ALGORITHMS, type ChecksumAlgorithm } from '../checksum/algorithm.ts';
import type { CorsErrors } from '../http/cors.ts';

/** What stores do differently. */
export interface Mimic {
  /** Checksums that are verified. */
  readonly checksums: readonly ChecksumAlgorithm[];
  /** Checksums that an upload may have of its whole object, beside those that are composite. */
  readonly fullObject: readonly ChecksumAlgorithm[];
  /** What becomes of the others: passed over, as if they had not been sent, or refused with NotImplemented. */
  readonly otherChecksums: 'ignored' | 'refused';
  /** Whether a checksum counts on its own, or only where `x-amz-sdk-checksum-algorithm` names it. */
  readonly checksumsCount: 'always' | 'named';
  /** A checksum that every object has, whether it is asked for or not. */
  readonly everyObject: ChecksumAlgorithm | undefined;
  /** Whether Complete compares a CRC of the whole object with what was sent. A composite checksum every store compares. */
  readonly comparesWhole: boolean;
  /** Whether a checksum of the whole object ends in `-1` where it has one part. */
  readonly onePartSuffix: boolean;
  /** What a second Complete of the same upload answers: the same as the first, or NoSuchUpload. */
  readonly repeatedComplete: 'same-response' | 'NoSuchUpload';
  /** What becomes of If-None-Match and If-Match; `refused` is with NotImplemented. */
  readonly conditionalWrites: {
    readonly put: Condition;
    readonly complete: Condition;
    readonly copy: Condition;
  };
  /** The code of a condition that did not hold on Complete; the status is 412. */
  readonly completeCondition: 'PreconditionFailed' | 'InvalidRequest';
  /** What `If-None-Match` of a write may name: `*` alone, or ETags too. */
  readonly ifNoneMatch: 'any-object' | 'etags';
  /** What is answered of an upload that is not there any more, or never was. */
  readonly noUpload: {
    readonly listParts: 'NoSuchUpload' | 'NoSuchKey';
    readonly complete: 'NoSuchUpload' | 'InternalError';
    /** Abort of one that was completed. */
    readonly abortCompleted: 'NoSuchUpload' | 'NoSuchKey';
  };
  /** Whether ListParts goes on to list the parts of an upload that was completed. */
  readonly listsCompleted: boolean;
  /** Whether an upload that was completed takes parts: another one than before breaks its object, which then has no bytes. */
  readonly takesLateParts: boolean;
  /** What CopyObject answers of such a broken object. */
  readonly brokenCopy: 'BrokenMPU' | 'ServiceUnavailable';
  /** What a read of a part answers that the object has not. */
  readonly missingPart: 'InvalidPartNumber' | 'InvalidPart';
  /** Whether `x-amz-copy-source-if-match` finds the ETag of an object that came in parts; if not, it never holds. */
  readonly findsEtagOfParts: boolean;
  /** What UploadPartCopy answers to a range beyond the end of its source. */
  readonly copyRange: 'InvalidArgument' | 'InvalidRange';
  /** Whether UploadPartCopy copies a range of an object that is no longer than the smallest part. */
  readonly rangesOfSmall: boolean;
  /** What a checksum is called that can not be one of its kind. */
  readonly malformedChecksum: 'InvalidRequest' | 'BadDigest';
  /** Whether Complete must name the checksum of each part where the object's is composite. */
  readonly namedChecksums: boolean;
  /** Whether a bucket can be opened to everybody by a canned ACL. */
  readonly publicAcls: boolean;
  /** Whether Complete must name parts in ascending order, or sorts them itself; of a part named twice the last counts. */
  readonly partOrder: 'ascending' | 'any';
  /** Whether Complete must name every part that was sent. */
  readonly everyPart: boolean;
  /** Whether what becomes locked must come with a sum of its bytes. */
  readonly summedLocks: boolean;
  /** The least and the greatest part number. */
  readonly partNumbers: readonly [least: number, greatest: number];
  /** Fields of a form that its policy need not name, beside those that S3 exempts. */
  readonly freeFields: RegExp;
  /** Whether parts, all but the last, must have the same size. */
  readonly equalParts: boolean;
  /** Whether each bucket has CORS rules of its own, or the store one setting for all. */
  readonly bucketCors: boolean;
  /**
   * Operations on a bucket's settings whose query is passed over: a GET lists objects, a PUT creates the bucket, a DELETE
   * deletes it.
   */
  readonly passedOver: RegExp;
  /** Whether HTML forms may upload, with a signed policy. */
  readonly postPolicy: boolean;
  /** How a blank in a key is written in a listing with `encoding-type=url`. */
  readonly blankInList: '+' | '%20';
  /** Whether ListMultipartUploads says that it encodes keys; it does so in either case. */
  readonly saysEncoding: boolean;
  /** What an `aws-chunked` body with a trailer is answered with, where the store does not know it. */
  readonly trailers: 'taken' | 'NotImplemented' | 'XAmzContentSHA256Mismatch';
  /** Whether a Content-Type that is sent with a presigned URL must be signed. */
  readonly signedType: boolean;
  /** Whether a URL counts that is signed more than 15 minutes ahead. */
  readonly signedAhead: boolean;
  /** Whether Signature Version 2 counts in the query. */
  readonly signatureV2: boolean;
  /** Names of regions that signatures may have, beside that of the store. */
  readonly regions: readonly string[];
  /** Whether metadata that stands in a signed query is kept. */
  readonly metadataInQuery: boolean;
  /** What the response to a stored object or part calls the type of its empty body. */
  readonly storedType: string | undefined;
  /** Whether a preflight needs a signed URL. */
  readonly signedPreflight: boolean;
  /** Which responses a page of another origin may read, as far as the CORS rules let it: all, or those to stored bytes. */
  readonly readable: 'all' | 'stored';
  /** Which errors carry CORS headers, where the options do not say. */
  readonly corsErrors: CorsErrors;
}

/** What a store does with the condition of a write; `never-holds` finds something in the way where there is nothing. */
export type Condition = 'heeded' | 'ignored' | 'refused' | 'never-holds';

const AWS: Mimic = {
  checksums: ALGORITHMS,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
  fullObject: ['CRC64NVME', 'CRC32', 'CRC32C'],
  otherChecksums: 'refused',
  checksumsCount: 'always',
  everyObject: 'CRC64NVME',
  comparesWhole: true,
  onePartSuffix: false,
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
  repeatedComplete: 'same-response',
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
  conditionalWrites: { put: 'heeded', complete: 'heeded', copy: 'heeded' },
  completeCondition: 'PreconditionFailed',
  ifNoneMatch: 'any-object',
  noUpload: { listParts: 'NoSuchUpload', complete: 'NoSuchUpload', abortCompleted: 'NoSuchUpload' },
  listsCompleted: false,
  takesLateParts: false,
  brokenCopy: 'BrokenMPU',
  missingPart: 'InvalidPartNumber',
  findsEtagOfParts: true,
  copyRange: 'InvalidArgument',
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html: "only if the source object is greater than 5 MB"
  rangesOfSmall: false,
  malformedChecksum: 'InvalidRequest',
  namedChecksums: true,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
  publicAcls: false,
  partOrder: 'ascending',
  everyPart: false,
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
  summedLocks: true,
  partNumbers: [1, MAX_PARTS],
  freeFields: /^$/,
  equalParts: false,
  bucketCors: true,
  passedOver: /^$/,
  postPolicy: true,
  blankInList: '+',
  saysEncoding: true,
  trailers: 'taken',
  signedType: false,
  signedAhead: false,
  // Buckets that were made before June 2020 take it.
  signatureV2: true,
  regions: [],
  // What SDKs hoist into a presigned URL.
  metadataInQuery: true,
  storedType: undefined,
  signedPreflight: false,
  readable: 'all',
  corsErrors: 'all-but-signature',
};

const R2: Mimic = {
  ...AWS,
  rangesOfSmall: true,
  // https://developers.cloudflare.com/r2/api/s3/api/, Checksum Types
  fullObject: ['CRC64NVME'],
  everyObject: undefined,
  // https://developers.cloudflare.com/r2/api/s3/conditional-operations/
  ifNoneMatch: 'etags',
  // Nothing is said of it.
  repeatedComplete: 'NoSuchUpload',
  // https://developers.cloudflare.com/r2/objects/multipart-objects/
  equalParts: true,
  // Not among the operations of https://developers.cloudflare.com/r2/api/s3/api/
  postPolicy: false,
  signatureV2: false,
  // https://developers.cloudflare.com/r2/api/s3/api/, Bucket region
  regions: ['auto', 'us-east-1'],
};

const MINIO: Mimic = {
  ...AWS,
  rangesOfSmall: true,
  everyObject: undefined,
  // https://github.com/minio/minio/issues/13318, working as intended
  repeatedComplete: 'NoSuchUpload',
  // https://docs.min.io/community/minio-object-store/reference/s3-api-compatibility.html: no PutBucketCors
  bucketCors: false,
};

/**
 * As 20.2 answered; what nobody asked it is from https://github.com/ceph/s3-tests/blob/master/s3tests/functional/test_s3.py
 */
const CEPH: Mimic = {
  ...AWS,
  rangesOfSmall: true,
  checksumsCount: 'named',
  everyObject: undefined,
  comparesWhole: false,
  onePartSuffix: true,
  repeatedComplete: 'same-response',
  conditionalWrites: { put: 'heeded', complete: 'heeded', copy: 'ignored' },
  // test_put_object_if_match
  ifNoneMatch: 'etags',
  noUpload: { listParts: 'NoSuchKey', complete: 'InternalError', abortCompleted: 'NoSuchUpload' },
  // test_multipart_get_part
  missingPart: 'InvalidPart',
  // test_multipart_copy_invalid_range
  copyRange: 'InvalidRange',
  // test_object_checksum_sha256, test_multipart_checksum_sha256
  malformedChecksum: 'BadDigest',
  namedChecksums: false,
  // https://docs.ceph.com/en/tentacle/radosgw/s3/
  publicAcls: true,
  // test_multipart_resend_first_finishes_last
  partOrder: 'any',
  everyPart: true,
  summedLocks: false,
  partNumbers: [0, Number.MAX_SAFE_INTEGER],
  // test_post_object_upload_checksum
  freeFields: /^x-amz-checksum-/,
  blankInList: '%20',
  saysEncoding: false,
  signedType: true,
  signedAhead: true,
};

/** As 2.30 answered. */
const SWIFT: Mimic = {
  ...AWS,
  rangesOfSmall: true,
  checksums: [],
  fullObject: [],
  otherChecksums: 'ignored',
  everyObject: undefined,
  conditionalWrites: { put: 'refused', complete: 'heeded', copy: 'refused' },
  completeCondition: 'InvalidRequest',
  noUpload: { listParts: 'NoSuchUpload', complete: 'NoSuchUpload', abortCompleted: 'NoSuchKey' },
  listsCompleted: true,
  takesLateParts: true,
  // It compares with the MD5 of its own manifest, which it tells nobody.
  findsEtagOfParts: false,
  summedLocks: false,
  // `max_upload_part_num`, a setting
  partNumbers: [1, 1000],
  bucketCors: false,
  passedOver: /^(?:Get|Put|Delete)(?:BucketLifecycle(?:Configuration)?|PublicAccessBlock|BucketPolicyStatus)$/,
  postPolicy: false,
  blankInList: '%20',
  trailers: 'NotImplemented',
  signedAhead: true,
  metadataInQuery: false,
  storedType: 'text/html; charset=UTF-8',
  signedPreflight: true,
  readable: 'stored',
  corsErrors: 'none',
};

/** The differences that matter to uploads, as documented by each store, or seen of it. `npm run test:stores` compares. */
export const MIMICS = {
  aws: AWS,
  r2: R2,
  minio: MINIO,
  ceph: CEPH,
  /** As 16.2 answered. */
  'ceph-16': {
    ...CEPH,
    checksums: [],
    fullObject: [],
    otherChecksums: 'ignored',
    conditionalWrites: { put: 'heeded', complete: 'ignored', copy: 'ignored' },
    trailers: 'XAmzContentSHA256Mismatch',
    signedType: false,
  },
  swift: SWIFT,
  /**
   * As 2.38 answered: conditions count, one by one. Of several PUTs at once on a new key more than one may win there, here one
   * does.
   */
  'swift-2.38': {
    ...SWIFT,
    checksums: ['CRC32', 'CRC32C', 'SHA1', 'SHA256'],
    fullObject: ['CRC32', 'CRC32C'],
    comparesWhole: false,
    conditionalWrites: { put: 'heeded', complete: 'heeded', copy: 'never-holds' },
    completeCondition: 'PreconditionFailed',
    brokenCopy: 'ServiceUnavailable',
    trailers: 'taken',
  },
} as const satisfies Readonly<Record<string, Mimic>>;

/** `aws`, `r2`, `minio`, `ceph`, `ceph-16`, `swift` or `swift-2.38`. */
export type MimicName = keyof typeof MIMICS;
