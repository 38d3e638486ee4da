import { createHash } from 'node:crypto';
import { completeBody, parseUploadId } from '../s3/xml.ts';
import { type Bucket, said } from './bucket.ts';
import { type Finding, finder } from './finding.ts';

const permissions = finder('permissions');
const checksums = finder('checksums');
const conditional = finder('conditional-writes');

const CONTENT = 'Portage looks at this bucket. This object may be deleted.';
const base64Sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

/** Whether the server may do what it needs, by doing it with an object of a few bytes. */
export async function checkPermissions(bucket: Bucket, key: string): Promise<Finding> {
  const missing: string[] = [];
  const attempt = async (permission: string, works: Promise<{ ok: boolean }>) => {
    if (!(await works).ok) missing.push(permission);
  };
  await attempt('s3:PutObject', bucket.send({ method: 'PUT', key, body: CONTENT }));
  await attempt('s3:GetObject', bucket.send({ method: 'GET', key }));
  const begun = await bucket.send({ method: 'POST', key, query: 'uploads=' });
  const uploadId = begun.ok ? parseUploadId(begun.text) : undefined;
  if (uploadId === undefined) missing.push('s3:PutObject (multipart)');
  else {
    const query = `uploadId=${encodeURIComponent(uploadId)}`;
    await attempt('s3:ListMultipartUploadParts', bucket.send({ method: 'GET', key, query }));
    await attempt('s3:AbortMultipartUpload', bucket.send({ method: 'DELETE', key, query }));
  }
  if (missing.length === 0) return permissions('ok', 'The server may write, read, list parts and abort.');
  return permissions(
    'failed',
    `These credentials lack ${missing.join(', ')}.`,
    `Allow them for the objects of "${bucket.name}" in the policy of this user or role.`,
  );
}

/** Whether a wrong checksum is refused: some stores take any. */
export async function checkChecksums(bucket: Bucket, key: string): Promise<Finding> {
  const put = (sum: string) =>
    bucket.send({ method: 'PUT', key, body: CONTENT, headers: { 'x-amz-checksum-sha256': sum } });
  const wrong = await put(base64Sha256('something else'));
  if (wrong.ok)
    return checksums('warning', 'The store takes an object whose checksum is wrong.', 'Sizes and ETags are checked.');
  const right = await put(base64Sha256(CONTENT));
  return right.ok
    ? checksums('ok', 'The store verifies checksums.')
    : checksums('warning', `The store takes no checksums: ${said(right)}.`, 'Sizes and ETags are checked.');
}

/** Whether `If-None-Match: *` keeps an object from being overwritten, and the profile says so. */
export async function checkConditionalWrites(bucket: Bucket, key: string): Promise<Finding> {
  const headers = { 'if-none-match': '*' };
  const put = await bucket.send({ method: 'PUT', key, body: CONTENT, headers });
  const found = { put: put.status === 412, complete: await refusesToComplete(bucket, key, headers) };
  const { conditionalWrites: claimed, name } = bucket.profile;
  const can = `PUT ${found.put ? 'honours' : 'ignores'} If-None-Match, Complete ${found.complete ? 'too' : 'does not'}`;
  const text = found.put === found.complete || found.put ? can : can.replace('too', 'honours it');
  if ((claimed.put && !found.put) || (claimed.complete && !found.complete))
    return conditional(
      'failed',
      `The profile "${name}" counts on more than this store does: ${text}.`,
      "Take the profile 'generic', or one with `conditionalWrites` as they are.",
    );
  if (found.put && !claimed.put)
    return conditional(
      'warning',
      `The store can keep objects from being overwritten, but the profile "${name}" does not use it: ${text}.`,
      'Give `s3()` a profile with `conditionalWrites`.',
    );
  return found.put
    ? conditional('ok', `Nothing is overwritten: ${text}.`)
    : conditional(
        'warning',
        'The store overwrites objects: who uploaded a file to a route without `accept` can replace it as long as its token lives.',
        'Name the types that a route takes, keep `tokenLifetime` short, and keys unique, as they are by default.',
      );
}

async function refusesToComplete(bucket: Bucket, key: string, headers: Record<string, string>): Promise<boolean> {
  const begun = await bucket.send({ method: 'POST', key, query: 'uploads=' });
  const uploadId = begun.ok ? parseUploadId(begun.text) : undefined;
  if (uploadId === undefined) return false;
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  const part = await bucket.send({ method: 'PUT', key, query: `partNumber=1&${query}`, body: CONTENT });
  const body = completeBody([{ partNumber: 1, etag: part.headers.get('etag') ?? '' }]);
  const { status } = await bucket.send({ method: 'POST', key, query, body, headers });
  if (status !== 200) await bucket.send({ method: 'DELETE', key, query });
  return status === 412;
}
