import { type Bucket, type BucketResponse, begin, said, unreachable } from './bucket.ts';
import { type Finding, finder } from './finding.ts';
import { holdsBodies } from './holds-bodies.ts';

const found = finder('gateway');

/** S3's smallest part, and what a page sends where larger ones are refused. In bytes. */
const PART = 5 * 1024 * 1024;
/** Longest time for a part to get there, in milliseconds: 5 MiB at 350 kbit/s. */
const TIMEOUT = 120_000;
/** Of a key, in bytes; in a URL each of them may take three. */
const LONGEST = 1024;

/**
 * Sends through the endpoint of browsers what a page sends, and finds what stands between it and the store: a limit for
 * bodies or for the length of a URL, another Host or path, bodies that are held back. Nothing of it stays in the store. `goOn` is false where no request of a page gets through.
 */
export async function checkGateway(
  bucket: Bucket,
  key: string,
  origin: string,
): Promise<{ findings: Finding[]; goOn: boolean }> {
  const uploadId = await begin(bucket, key);
  if (uploadId === undefined)
    return { findings: [found('unknown', 'No upload could be begun to send a part to.')], goOn: true };
  const upload = `uploadId=${encodeURIComponent(uploadId)}`;
  const query = `partNumber=1&${upload}`;
  const send = (size: number): Promise<Outcome> =>
    bucket
      .sendAsPage({ method: 'PUT', key, query, origin, body: new Uint8Array(size), timeout: TIMEOUT })
      .catch((error: unknown) => ({ ok: false, code: '', error }));
  try {
    const part = await send(PART);
    if (!part.ok) {
      const small = part.code === '' ? await send(1) : part;
      return { findings: [refused(bucket, part, small)], goOn: small.ok };
    }
  } finally {
    await bucket.send({ method: 'DELETE', key, query: upload });
  }
  const findings = [await longUrl(bucket, key, origin)];
  const { byPage, byServer } = bucket.late(`${key}-late`, PART);
  if (await holdsBodies(byPage, byServer, PART))
    findings.push(
      found(
        'warning',
        `What answers at ${bucket.publicEndpoint} keeps a whole part before the store gets a byte of it, so pages show 100 % long before it is stored.`,
        'Have it pass on what it receives (nginx: proxy_request_buffering off).',
      ),
    );
  return { findings, goOn: true };
}

/** A response, or why there was none. */
type Outcome = BucketResponse | { ok: false; code: ''; error: unknown };

function refused(bucket: Bucket, part: Outcome, small: Outcome): Finding {
  const { publicEndpoint, endpoint } = bucket;
  const what = 'error' in part ? 'the connection is cut' : said(part);
  if (small.ok || ('status' in part && part.status === 413))
    return found(
      'failed',
      `What answers at ${publicEndpoint} takes no part of 5 MiB, which is S3's smallest: ${what}.`,
      'Raise its limit for bodies (nginx: client_max_body_size 0).',
    );
  if ('error' in small) return found('failed', ...unreachable(bucket, small.error));
  const message = `A part as a page sends it is refused at ${publicEndpoint}: ${what}.`;
  if ('error' in part) return found('failed', message, FOREIGN(endpoint));
  if (part.code === 'SignatureDoesNotMatch')
    return found(
      'failed',
      message,
      'The signature counts where the server asks, so what is in front changes the request: have it hand on the Host with its port (nginx: proxy_set_header Host $http_host) and the path as it is (no slash behind proxy_pass).',
    );
  if (part.code !== '')
    return found('failed', message, 'See what the store says; `headers` of `s3()` may be what it asks for.');
  if (AWAY.has(part.status)) return found('failed', message, UNANSWERED(endpoint));
  return found('failed', message, TOO_LONG.has(part.status) ? HEADERS : FOREIGN(endpoint));
}

const HEADERS = 'Raise its limit for the first line and the headers (nginx: large_client_header_buffers 4 32k).';
const FOREIGN = (endpoint: string) =>
  `This response is not from the store (${endpoint}): look at what is in front of it.`;

const UNANSWERED = (endpoint: string) =>
  `What is in front of the store (${endpoint}) gets no response from it, or not in time: see that it reaches the store, and waits longer than that takes (nginx: proxy_read_timeout 300s).`;

/** What gateways say where the store is away, or slower than they wait. */
const AWAY = new Set([502, 503, 504]);

/** What gateways say of a URL or of headers that are too long. Nginx says 400 of headers. */
const TOO_LONG = new Set([400, 414, 431, 494]);

/**
 * The longest URL that a page sends is that of a key of 1,024 bytes. The store answers that there is no such object. What
 * decodes a path and encodes it anew comes to another one where there are two slashes, or signs that need not be encoded.
 */
async function longUrl(bucket: Bucket, key: string, origin: string): Promise<Finding> {
  const ask = (key: string) => bucket.sendAsPage({ method: 'GET', key, origin });
  const odd = `${key}//!'()*+/`;
  const longest = `${odd}${'ü'.repeat((LONGEST - odd.length) / 2)}`;
  const [short, long] = [await ask(`${key}-absent`), await ask(longest).catch(() => undefined)];
  // Without the store's own words for a short one, the long one tells nothing.
  if (short.code === '') return found('ok', `A part of 5 MiB passes ${bucket.publicEndpoint}.`);
  if (long?.code === 'SignatureDoesNotMatch' && (await bucket.send({ method: 'GET', key: longest })).code !== long.code)
    return found(
      'warning',
      `What answers at ${bucket.publicEndpoint} changes the path of a URL, which is signed: ${said(long)}. Files with two slashes or with signs in their key fail.`,
      'Have it hand on the path as it came (nginx: no slash behind proxy_pass).',
    );
  if (long !== undefined && long.code !== '')
    return found('ok', `A part of 5 MiB and a URL as long as the longest key pass ${bucket.publicEndpoint}.`);
  return found(
    'warning',
    `What answers at ${bucket.publicEndpoint} takes no URL of a long key: ${long ? said(long) : 'the connection is cut'}. Files with long names fail.`,
    HEADERS,
  );
}
