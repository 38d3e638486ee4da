import { invalidArgument, S3Error } from '../../errors/s3-error.ts';
import type { S3Request } from '../../http/s3-request.ts';
import { emptyResponse, xmlResponse } from '../../http/s3-response.ts';
import type { Mimic } from '../../mimic/mimic.ts';
import type { Bucket } from '../../store/bucket.ts';
import { type XmlElement, xml } from '../../xml/write-xml.ts';
import { bucketOf, type Operation } from '../operation.ts';
import type { OperationName } from '../operation-names.ts';
import { OWNER } from './owner.ts';
import { readObject } from './versioning.ts';

/** What everybody may do with a bucket, by the name of its canned ACL. It holds for the objects in it too. */
const CANNED: Readonly<Record<string, readonly ('READ' | 'WRITE')[]>> = {
  private: [],
  'public-read': ['READ'],
  'public-read-write': ['READ', 'WRITE'],
};

/** What a permission is good for. */
const OPERATIONS: Readonly<Record<'READ' | 'WRITE', readonly OperationName[]>> = {
  READ: ['GetObject', 'HeadBucket', 'HeadObject', 'ListObjects', 'ListObjectsV2'],
  WRITE: [
    'AbortMultipartUpload',
    'CompleteMultipartUpload',
    'CreateMultipartUpload',
    'DeleteObject',
    'ListParts',
    'PostObject',
    'PutObject',
    'UploadPart',
  ],
};

/** The canned ACL that a request asks for; throws where the store has no such thing. */
export function cannedAcl({ headers }: S3Request, { publicAcls }: Mimic): string | undefined {
  const acl = headers['x-amz-acl']?.toString();
  if (acl === undefined) return undefined;
  if (!Object.hasOwn(CANNED, acl)) throw invalidArgument('x-amz-acl', acl, 'This canned ACL is not known.');
  // New buckets at AWS have no ACLs. https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
  if (acl !== 'private' && !publicAcls) throw new S3Error('AccessControlListNotSupported');
  return acl;
}

/** Whether somebody without a signature may do this. */
export function isOpenTo(operation: OperationName, bucket: Bucket | undefined): boolean {
  return permissionsOf(bucket).some((permission) => OPERATIONS[permission].includes(operation));
}

/** Canned ACLs only. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl: Operation = async (context) => {
  const bucket = bucketOf(context);
  const acl = cannedAcl(context.request, context.mimic);
  if (acl === undefined) throw new S3Error('NotImplemented', { details: { Element: 'AccessControlPolicy' } });
  await bucket.configs.set('acl', acl);
  return emptyResponse(200);
};

/** The owner may do everything. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl: Operation = async (context) => {
  const everybody = xml('URI', 'http://acs.amazonaws.com/groups/global/AllUsers');
  const grants = permissionsOf(bucketOf(context)).map((permission) => grant('Group', [everybody], permission));
  return policyOf(grants);
};

/** Objects have no ACL of their own. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl: Operation = async (context) => {
  readObject(context);
  return policyOf([]);
};

const policyOf = (grants: readonly XmlElement[]) =>
  xmlResponse(
    xml('AccessControlPolicy', [
      xml('Owner', OWNER),
      xml('AccessControlList', [grant('CanonicalUser', OWNER, 'FULL_CONTROL'), ...grants]),
    ]),
  );

function permissionsOf(bucket: Bucket | undefined): readonly ('READ' | 'WRITE')[] {
  const config = bucket?.configs.get('acl');
  return config?.kind === 'set' ? (CANNED[config.document] ?? []) : [];
}

function grant(kind: 'CanonicalUser' | 'Group', grantee: readonly XmlElement[], permission: string): XmlElement {
  const type = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${kind}"`;
  return xml('Grant', [xml('Grantee', grantee, type), xml('Permission', permission)]);
}
