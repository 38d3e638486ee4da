import { type Bucket, isUnknownApi, said } from './bucket.ts';
import { type Finding, finder } from './finding.ts';
import { configuration, othersIn } from './rules.ts';

const found = finder('cors');
const ID = 'portage-uploads';

/** Longest that any browser remembers a preflight, in seconds. */
const MAX_AGE = 7200;
/** Below this every part may cost a preflight of its own, in seconds. */
const SHORT_AGE = 600;

/** Headers that our signed requests carry. */
const HEADERS = 'content-disposition,content-type,if-none-match,x-amz-meta-portage-id,x-amz-meta-portage-name';

/**
 * Asks as a browser would, so it holds for any store: may this page send a PUT, with our headers, and read the ETag?
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
 */
export async function checkCors(
  bucket: Bucket,
  key: string,
  { origins, fix }: { origins: readonly string[]; fix: boolean },
): Promise<Finding[]> {
  if (origins.length === 0)
    return [found('unknown', 'Which pages upload is not known.', 'Name them: --origin https://app.example.')];
  const before = await Promise.all(origins.map((origin) => ask(bucket, key, origin)));
  if (!fix || before.every(({ status }) => status === 'ok')) return before;

  const refusal = await putRule(bucket, origins);
  if (refusal !== undefined) return [...before, refusal];
  const after = await Promise.all(origins.map((origin) => ask(bucket, key, origin)));
  return after.map((finding) => (finding.status === 'ok' ? { ...finding, status: 'fixed' } : finding));
}

async function ask(bucket: Bucket, key: string, origin: string): Promise<Finding> {
  const preflight = (method: string, headers?: string) =>
    bucket.send({
      method: 'OPTIONS',
      key,
      signed: false,
      headers: {
        origin,
        'access-control-request-method': method,
        ...(headers !== undefined && { 'access-control-request-headers': headers }),
      },
    });
  const allows = ({ ok, headers }: { ok: boolean; headers: Headers }, method: string) =>
    ok &&
    ['*', origin].includes(headers.get('access-control-allow-origin') ?? '') &&
    (headers.get('access-control-allow-methods') ?? '').includes(method);

  const full = await preflight('PUT', HEADERS);
  if (!allows(full, 'PUT')) {
    if (allows(await preflight('PUT'), 'PUT'))
      return found('failed', `${origin} may not send the headers of an upload.`, 'Set AllowedHeaders to *.');
    if (allows(await preflight('GET'), 'GET'))
      return found('failed', `${origin} may read, but not PUT.`, 'Add PUT to AllowedMethods.');
    return found('failed', `${origin} may not use this bucket at all.`, `Add it to AllowedOrigins, or use --fix.`);
  }
  const { headers } = await bucket.send({ method: 'PUT', key, headers: { origin }, body: 'x' });
  const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase();
  if (!/(?:^|[\s,])(?:etag|\*)(?:$|[\s,])/.test(exposed))
    return found(
      'failed',
      `${origin} may upload, but not read the ETag of a part, without which no large file can be completed.`,
      'Add ETag to ExposeHeaders.',
    );
  const age = Number(full.headers.get('access-control-max-age') ?? 0);
  if (age < SHORT_AGE)
    return found(
      'warning',
      `Browsers on ${origin} ask again after ${age} s whether they may upload, which costs time for every part.`,
      `Set MaxAgeSeconds to ${MAX_AGE}.`,
    );
  return found('ok', `${origin} may upload in parts.`);
}

/** Ours comes first, since the first rule that fits is the one that counts. Undefined where it worked. */
async function putRule(bucket: Bucket, origins: readonly string[]): Promise<Finding | undefined> {
  const hint = 'Add the rule by the tools of the store.';
  const answer = await bucket.send({ method: 'GET', query: 'cors=' });
  if (isUnknownApi(answer)) return found('unknown', 'The store has no API for CORS rules.', hint);
  if (!answer.ok && answer.code !== 'NoSuchCORSConfiguration')
    return found('failed', `The CORS rules cannot be read, so they are not changed: ${said(answer)}.`, hint);
  const others = othersIn(answer.ok ? answer.text : '', 'CORSRule', ID);
  const rule = `<CORSRule><ID>${ID}</ID>${origins.map((origin) => `<AllowedOrigin>${escapeXml(origin)}</AllowedOrigin>`).join('')}<AllowedMethod>PUT</AllowedMethod><AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>${MAX_AGE}</MaxAgeSeconds></CORSRule>`;
  const body = configuration('CORSConfiguration', [rule, ...others]);
  const put = await bucket.send({ method: 'PUT', query: 'cors=', body });
  return put.ok ? undefined : found('failed', `The CORS rule was refused: ${said(put)}.`, 'Allow s3:PutBucketCORS.');
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
