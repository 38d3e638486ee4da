import { createHash } from 'node:crypto';
import { MAX_PARTS } from '@portage/protocol';
import { completeBody, parseUploadId } from '../s3/xml.ts';
import { type Bucket, type BucketResponse, begin, said } from './bucket.ts';
import { type Finding, finder } from './finding.ts';

const permissions = finder('permissions');
const parts = finder('parts');
const checksums = finder('checksums');
const conditional = finder('conditional-writes');

const CONTENT = 'Portage looks at this bucket. This object may be deleted.';
const base64Sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

/** Whether the server may do what it needs, by doing it with an object of a few bytes. */
export async function checkPermissions(bucket: Bucket, key: string): Promise<Finding> {
  const refused: { permission: string; answer: BucketResponse }[] = [];
  const attempt = async (permission: string, works: Promise<BucketResponse>) => {
    const answer = await works;
    if (!answer.ok) refused.push({ permission, answer });
    return answer;
  };
  const { headers } = bucket;
  const put = await attempt('s3:PutObject', bucket.send({ method: 'PUT', key, body: CONTENT, headers }));
  if (put.ok) await attempt('s3:GetObject', bucket.send({ method: 'GET', key }));
  const creating = bucket.send({ method: 'POST', key, query: 'uploads=', headers });
  const uploadId = parseUploadId((await attempt('s3:PutObject (multipart)', creating)).text);
  if (uploadId !== undefined) {
    const query = `uploadId=${encodeURIComponent(uploadId)}`;
    await attempt('s3:ListMultipartUploadParts', bucket.send({ method: 'GET', key, query }));
    await attempt('s3:AbortMultipartUpload', bucket.send({ method: 'DELETE', key, query }));
  }
  if (refused.length > 0) {
    const isDenied = refused.every(({ answer }) => answer.status === 403 && PLAIN_DENIALS.test(answer.message));
    const list = refused.map(({ permission, answer }) => (isDenied ? permission : `${permission}: ${said(answer)}`));
    return isDenied
      ? permissions(
          'failed',
          `These credentials lack ${list.join(', ')}.`,
          `Allow them for the objects of "${bucket.name}" in the policy of this user or role.`,
        )
      : permissions(
          'failed',
          `The store refuses what uploads need. ${list.join('; ')}.`,
          list.some((each) => each.includes('Object Lock'))
            ? 'A default retention of the bucket locks every part, for which Amazon wants a sum of its bytes: take it off, and give the lock as `headers` of `s3()`, which locks files once they are checked.'
            : 'Do what the store asks for: what it wants with every object is given as `headers` of `s3()`; a policy may deny what it does not see.',
        );
  }
  // Without leave to list, S3 answers 403 for what is not there.
  const absent = await bucket.send({ method: 'HEAD', key: `${key}-absent` });
  if (absent.status !== 403) return permissions('ok', 'The server may write, read, list parts and abort.');
  return permissions(
    'warning',
    'The store answers 403 for an object that is not there, so after a lost response nobody can tell whether a file arrived.',
    `Allow s3:ListBucket for "${bucket.name}" itself.`,
  );
}

/** A denial that names no condition: the credentials lack a permission, and there is no more to it. */
const PLAIN_DENIALS = /^(?:access denied\.?|forbidden|accessdenied|)$/i;

/** Whether an upload may have as many parts as the profile says: S3 has 10,000, Swift 1,000 by default. */
export async function checkParts(bucket: Bucket, key: string): Promise<Finding> {
  const { maxParts = MAX_PARTS, name } = bucket.profile;
  const uploadId = await begin(bucket, key);
  if (uploadId === undefined) return parts('unknown', 'No upload could be begun to look at its parts.');
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  const isTaken = async (partNumber: number) =>
    (await bucket.send({ method: 'PUT', key, query: `partNumber=${partNumber}&${query}`, body: 'x' })).ok;
  const most = (await isTaken(maxParts))
    ? maxParts
    : await mapFirst([5000, 1000, 100], async (count) => ((await isTaken(count)) ? count : undefined));
  await bucket.send({ method: 'DELETE', key, query });
  if (most === maxParts) return parts('ok', `An upload may have ${maxParts.toLocaleString('en')} parts.`);
  return parts(
    'failed',
    `The profile "${name}" counts on ${maxParts.toLocaleString('en')} parts, but the store refuses a part of this number.`,
    `Raise the limit of the store, or give \`s3()\` a profile with \`maxParts: ${most ?? 100}\`.`,
  );
}

/** The first response that is one. */
async function mapFirst<T>(items: readonly T[], find: (item: T) => Promise<T | undefined>): Promise<T | undefined> {
  for (const item of items) {
    const found = await find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a wrong checksum is refused: some stores take any, some look at one only where the SDK's header names it. */
export async function checkChecksums(bucket: Bucket, key: string): Promise<Finding> {
  const put = (sum: string, more = {}) =>
    bucket.send({
      method: 'PUT',
      key,
      body: CONTENT,
      headers: { 'x-amz-checksum-sha256': sum, ...bucket.headers, ...more },
    });
  const [right, wrong] = [base64Sha256(CONTENT), base64Sha256('something else')];
  const named = { 'x-amz-sdk-checksum-algorithm': 'SHA256' };
  const taken = await put(right);
  if (!taken.ok)
    return checksums('warning', `The store takes no checksums: ${said(taken)}.`, 'Sizes and ETags are checked.');
  if (!(await put(wrong)).ok) return checksums('ok', 'The store verifies checksums.');
  return (await put(wrong, named)).ok
    ? checksums('warning', 'The store takes an object whose checksum is wrong.', 'Sizes and ETags are checked.')
    : checksums('ok', 'The store verifies checksums where x-amz-sdk-checksum-algorithm names them.');
}

/** Whether `If-None-Match: *` keeps an object from being overwritten, and the profile says so. */
export async function checkConditionalWrites(bucket: Bucket, key: string): Promise<Finding> {
  const headers = { ...bucket.headers, 'if-none-match': '*' };
  const put = await bucket.send({ method: 'PUT', key, body: CONTENT, headers });
  const found = { put: put.status === 412, complete: await refusesToComplete(bucket, key) };
  const { conditionalWrites: claimed, name } = bucket.profile;
  const can = `PUT ${found.put ? 'honours' : 'ignores'} If-None-Match, Complete ${found.complete ? 'too' : 'does not'}`;
  const text = found.put === found.complete || found.put ? can : can.replace('too', 'honours it');
  const advice = adviceFor(found);
  if ((claimed.put && !found.put) || (claimed.complete && !found.complete))
    return conditional(
      'failed',
      `The profile "${name}" counts on more than this store does: ${text}.`,
      `Set S3_CONDITIONAL_WRITES=${advice.env}, or give \`s3()\` \`${advice.option}\`.`,
    );
  const shared = await notExclusive(bucket, key, found, headers);
  if (shared.length > 0) {
    const kept = adviceFor({
      put: found.put && !shared.includes('PUT'),
      complete: found.complete && !shared.includes('Complete'),
    });
    return conditional(
      'warning',
      `${shared.join(' and ')} ${shared.length > 1 ? 'honour' : 'honours'} If-None-Match, but of several at once on a new key more than one wins: that keeps nothing from being overwritten.`,
      (claimed.put && shared.includes('PUT')) || (claimed.complete && shared.includes('Complete'))
        ? `Set S3_CONDITIONAL_WRITES=${kept.env}.`
        : 'Keep keys unique, as they are by default, and `tokenLifetime` short.',
    );
  }
  if ((found.put && !claimed.put) || (found.complete && !claimed.complete))
    return conditional(
      'warning',
      `The store can keep objects from being overwritten, but the profile "${name}" does not use it: ${text}.`,
      `Set S3_CONDITIONAL_WRITES=${advice.env}, or give \`s3()\` \`${advice.option}\`.`,
    );
  return found.put
    ? conditional('ok', `Nothing is overwritten: ${text}.`)
    : conditional(
        'warning',
        'The store overwrites objects: of two files with one key that two servers complete at the same moment, one is lost.',
        'Keep keys unique, as they are by default.',
      );
}

function adviceFor({ put, complete }: { put: boolean; complete: boolean }) {
  const env = [put && 'put', complete && 'complete'].filter(Boolean).join(',') || 'none';
  return { env, option: `profile: { conditionalWrites: { put: ${put}, complete: ${complete} } }` };
}

/** Which of the writes that honour the condition are won by more than one: three at once on a new key, on six keys. */
async function notExclusive(
  bucket: Bucket,
  key: string,
  honoured: { put: boolean; complete: boolean },
  headers: Record<string, string>,
): Promise<('PUT' | 'Complete')[]> {
  const isWonByMore = async (name: string, prepare: (place: string) => Promise<() => Promise<BucketResponse>>) => {
    const races = [1, 2, 3, 4, 5, 6].map(async (race) => {
      const place = `${key}-${name}-race-${race}`;
      const ready = await Promise.all([prepare(place), prepare(place), prepare(place)]);
      const answers = await Promise.all(ready.map((write) => write()));
      await bucket.send({ method: 'DELETE', key: place });
      return answers.filter(({ ok }) => ok).length > 1;
    });
    return (await Promise.all(races)).some(Boolean);
  };
  const put = async (place: string) => () => bucket.send({ method: 'PUT', key: place, body: CONTENT, headers });
  const complete = async (place: string) => {
    const query = `uploadId=${encodeURIComponent((await begin(bucket, place)) ?? '')}`;
    const part = await bucket.send({ method: 'PUT', key: place, query: `partNumber=1&${query}`, body: CONTENT });
    const body = completeBody([{ partNumber: 1, etag: part.headers.get('etag') ?? '' }]);
    return async () => {
      const answer = await bucket.send({ method: 'POST', key: place, query, body, headers: { 'if-none-match': '*' } });
      if (!answer.ok) await bucket.send({ method: 'DELETE', key: place, query });
      return answer;
    };
  };
  return [
    ...(honoured.put && (await isWonByMore('put', put)) ? (['PUT'] as const) : []),
    ...(honoured.complete && (await isWonByMore('complete', complete)) ? (['Complete'] as const) : []),
  ];
}

async function refusesToComplete(bucket: Bucket, key: string): Promise<boolean> {
  const uploadId = await begin(bucket, key);
  if (uploadId === undefined) return false;
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  const part = await bucket.send({ method: 'PUT', key, query: `partNumber=1&${query}`, body: CONTENT });
  const body = completeBody([{ partNumber: 1, etag: part.headers.get('etag') ?? '' }]);
  const { status } = await bucket.send({ method: 'POST', key, query, body, headers: { 'if-none-match': '*' } });
  if (status !== 200) await bucket.send({ method: 'DELETE', key, query });
  return status === 412;
}
