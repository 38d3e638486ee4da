import { type Bucket, type BucketResponse, isUnknownApi, type PageRequest, said, unreachable } from './bucket.ts';
import { type Finding, finder } from './finding.ts';
import { configuration, othersIn, ownIn, textsOf } from './rules.ts';

const found = finder('cors');
const ID = 'portage-uploads';

/** Longest that any browser remembers a preflight, in seconds. */
const MAX_AGE = 7200;
/** Below this every part may cost a preflight of its own, in seconds. */
const SHORT_AGE = 600;

/** Headers that our signed requests carry, beside those of the options. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-disposition': 'attachment',
  'content-type': 'text/plain',
  'if-none-match': '*',
  'x-amz-meta-portage-id': 'doctor',
  'x-amz-meta-portage-name': 'doctor',
};

/**
 * Asks as a browser would, by presigned URLs through the endpoint of browsers, so it holds for any store: may this page
 * send a PUT, with our headers, and read the ETag?
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
 */
export async function checkCors(
  bucket: Bucket,
  key: string,
  { origins, fix }: { origins: readonly string[]; fix: boolean },
): Promise<Finding[]> {
  if (origins.length === 0)
    return [found('unknown', 'Which pages upload is not known.', 'Name them: --origin https://app.example.')];
  const look = () => Promise.all(origins.map((origin) => ask(bucket, key, origin)));
  const before = await look();
  if (!fix || before.every(({ status }) => status === 'ok')) return before;

  const refusal = await putRule(bucket, origins);
  if (refusal !== undefined) return [...before, refusal];
  return (await look()).map((finding) => (finding.status === 'ok' ? { ...finding, status: 'fixed' } : finding));
}

async function ask(bucket: Bucket, key: string, origin: string): Promise<Finding> {
  const preflight = (method: PageRequest['method'], headers: PageRequest['headers'] = {}) =>
    bucket.sendAsPage({ method, key, origin, headers, preflight: true });
  let full: BucketResponse;
  try {
    full = await preflight('PUT', { ...HEADERS, ...bucket.headers });
  } catch (error) {
    return found('failed', ...unreachable(bucket, error));
  }
  if (!allows(full, origin, 'PUT')) {
    if (isTwice(full)) return twice(origin);
    if (allows(await preflight('PUT'), origin, 'PUT'))
      return found('failed', `${origin} may not send the headers of an upload.`, 'Set AllowedHeaders to *.');
    if (allows(await preflight('GET'), origin, 'GET'))
      return found('failed', `${origin} may read, but not PUT.`, 'Add PUT to AllowedMethods.');
    return found('failed', `${origin} may not use this bucket at all.`, `Add it to AllowedOrigins, or use --fix.`);
  }
  const put = await bucket.sendAsPage({ method: 'PUT', key, origin, headers: bucket.headers, body: 'x' });
  if (isTwice(put)) return twice(origin);
  if (!put.ok) return found('failed', `A PUT as a page sends it is refused: ${said(put)}.`, whyRefused(bucket, put));
  if (!isAllowed(put, origin))
    return found(
      'failed',
      `${origin} is allowed to PUT by the preflight, but the response to the PUT itself is hidden from it.`,
      'Have the store, or what is in front of it, send Access-Control-Allow-Origin with every response.',
    );
  const exposed = (put.headers.get('access-control-expose-headers') ?? '').toLowerCase();
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
  const others = await Promise.all(
    (['POST', 'GET', 'DELETE'] as const).map(async (method) =>
      allows(await preflight(method), origin, method) ? [] : [method],
    ),
  );
  const missing = others.flat().join(', ');
  return missing === ''
    ? found('ok', `${origin} may upload in parts.`)
    : found('ok', `${origin} may upload in parts. Where pages sign themselves, they need ${missing} too.`);
}

const isAllowed = ({ headers }: BucketResponse, origin: string) =>
  ['*', origin].includes(headers.get('access-control-allow-origin') ?? '');

const allows = (answer: BucketResponse, origin: string, method: string) =>
  answer.ok &&
  isAllowed(answer, origin) &&
  // What a form could send too needs no leave.
  (['GET', 'POST'].includes(method) || (answer.headers.get('access-control-allow-methods') ?? '').includes(method));

/** The store and what is in front of it both say it: a browser takes neither. */
const isTwice = ({ headers }: BucketResponse) => (headers.get('access-control-allow-origin') ?? '').includes(',');

const twice = (origin: string) =>
  found(
    'failed',
    `Answers to ${origin} carry Access-Control-Allow-Origin twice, which browsers take for none.`,
    'Leave CORS to one side: the store, or what is in front of it.',
  );

/** What is not the store's own refusal comes from what is in front of it. */
function whyRefused({ endpoint }: Bucket, { code }: BucketResponse): string {
  return code === ''
    ? `This response is not from the store (${endpoint}): look at what is in front of it.`
    : 'See what the store says; `headers` of `s3()` may be what it asks for.';
}

/** Ours comes first, since the first rule that fits is the one that counts. Undefined where it worked. */
async function putRule(bucket: Bucket, origins: readonly string[]): Promise<Finding | undefined> {
  const hint = 'Add the rule by the tools of the store.';
  const answer = await bucket.send({ method: 'GET', query: 'cors=' });
  if (isUnknownApi(answer)) return found('unknown', 'The store has no API for CORS rules.', hint);
  if (!answer.ok && answer.code !== 'NoSuchCORSConfiguration')
    return found('failed', `The CORS rules cannot be read, so they are not changed: ${said(answer)}.`, hint);
  const before = answer.ok ? answer.text : '';
  const others = othersIn(before, 'CORSRule', ID);
  // Pages of an earlier run keep their leave.
  const all = new Set([...textsOf(ownIn(before, 'CORSRule', ID), 'AllowedOrigin'), ...origins.map(escapeXml)]);
  const allowed = [...all].map((origin) => `<AllowedOrigin>${origin}</AllowedOrigin>`).join('');
  const rule = `<CORSRule><ID>${ID}</ID>${allowed}${METHODS}<AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>${MAX_AGE}</MaxAgeSeconds></CORSRule>`;
  const body = configuration('CORSConfiguration', [rule, ...others]);
  const put = await bucket.send({ method: 'PUT', query: 'cors=', body });
  return put.ok ? undefined : found('failed', `The CORS rule was refused: ${said(put)}.`, 'Allow s3:PutBucketCORS.');
}

/** PUT is what our server signs; pages that sign themselves need the others. */
const METHODS = ['PUT', 'POST', 'GET', 'DELETE'].map((method) => `<AllowedMethod>${method}</AllowedMethod>`).join('');

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
