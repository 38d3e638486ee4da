import { createHash } from 'node:crypto';
import { createSigner, hashPayload } from '@portage/protocol/sigv4';
import { createAddress } from '../s3/address.ts';
import { checkCredentials } from '../s3/check-text.ts';
import { resolveStore } from '../s3/resolve.ts';
import type { PublicEndpoint, S3Options } from '../s3/s3-options.ts';
import { createStoreHeaders } from '../s3/store-headers.ts';
import type { StoreProfile } from '../s3/store-profiles.ts';
import { parseError, parseUploadId } from '../s3/xml.ts';

/** One request to the bucket. */
export interface BucketRequest {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS';
  /** Empty for the bucket itself. @default '' */
  key?: string;
  /** Without `?`. @default '' */
  query?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** False sends it as a stranger would. @default true */
  signed?: boolean;
}

/** One request as a page sends it: by a URL that is signed for `method`, through the endpoint of browsers. */
export interface PageRequest {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  key: string;
  /** Without `?`. @default '' */
  query?: string;
  /** Signed with it. @default none */
  headers?: Readonly<Record<string, string>>;
  /** Of the page. */
  origin: string;
  /** Asks for leave, as a browser does before the request itself. `headers` are what a script sets. @default false */
  preflight?: boolean;
  /** Signed with its length, as parts are. @default '' */
  body?: string | Uint8Array<ArrayBuffer>;
  /** Longest time until the whole answer is there, in milliseconds. @default 20_000 */
  timeout?: number;
}

/** A presigned request that the store refuses by its first line: it is over. */
export interface LateRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
}

/** The store's response, whatever it is. */
export interface BucketResponse {
  status: number;
  ok: boolean;
  headers: Headers;
  text: string;
  /** S3's error code; empty where there is none. */
  code: string;
  /** S3's own words; empty where there are none. */
  message: string;
}

/** A bucket as the doctor looks at it: every response is one, also a refusal. */
export interface Bucket {
  readonly name: string;
  readonly profile: StoreProfile;
  /** For messages. */
  readonly endpoint: string;
  /** The one that browsers use, for messages. */
  readonly publicEndpoint: string;
  readonly region: string;
  /** What goes with every object by the options, but for a lock. */
  readonly headers: Readonly<Record<string, string>>;
  /** @throws the error of `fetch` where there is no response. */
  send(request: BucketRequest): Promise<BucketResponse>;
  /** @throws as `send`. */
  sendAsPage(request: PageRequest): Promise<BucketResponse>;
  /** A PUT of so many bytes that is over: by the endpoint of browsers, and by that of the server. */
  late(key: string, size: number): Record<'byPage' | 'byServer', LateRequest>;
}

/** The clock of this machine, in milliseconds since the epoch, may be wrong: that is one of the things to find out. */
export async function openBucket(options: S3Options, clock: () => number): Promise<Bucket> {
  const { profile, region, endpoint, forcePathStyle } = resolveStore(options);
  const address = createAddress({ endpoint, bucket: options.bucket, forcePathStyle });
  const [named = endpoint] = [options.publicEndpoint ?? endpoint].flat() as PublicEndpoint[];
  const publicPlace = typeof named === 'string' ? { endpoint: named, forcePathStyle } : named;
  const publicAddress = createAddress({ bucket: options.bucket, ...publicPlace });
  const own = createStoreHeaders(options.headers);
  const { credentials } = options;
  const keys = checkCredentials(typeof credentials === 'function' ? await credentials() : credentials);
  const signer = createSigner({ ...keys, region });

  return {
    name: options.bucket,
    profile,
    endpoint,
    publicEndpoint: publicPlace.endpoint,
    region,
    headers: own.ofUpload(),
    sendAsPage({ method, key, query = '', headers = {}, origin, preflight = false, body, timeout }) {
      const url = `${publicAddress(key)}${query === '' ? '' : `?${query}`}`;
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
      const all = { ...headers, ...own.everywhere(), ...(bytes && { 'content-length': String(bytes.length) }) };
      const signed = signer.presign({ method, url, headers: all, expiresIn: 300, at: clock() });
      const names = Object.keys(signed.headers).sort().join(',');
      const asked = {
        'access-control-request-method': method,
        ...(names !== '' && { 'access-control-request-headers': names }),
      };
      const init = {
        method: preflight ? 'OPTIONS' : method,
        headers: { origin, ...(preflight ? asked : signed.headers) },
        ...(bytes && { body: bytes }),
      };
      return exchange(signed.url, init, timeout);
    },
    late(key, size) {
      const headers = { ...own.everywhere(), 'content-length': String(size) };
      const at = clock() - 2 * 3_600_000;
      const sign = (url: string) => signer.presign({ method: 'PUT', url, headers, expiresIn: 60, at });
      return { byPage: sign(publicAddress(key)), byServer: sign(address(key)) };
    },
    send({ method, key = '', query = '', headers = {}, body, signed = true }) {
      const plain = address(key).replace(key === '' ? /\/$/ : /$^/, '');
      const url = query === '' ? plain : `${plain}?${query}`;
      // Rules of a bucket need it on Amazon, and on stores that know no newer checksum.
      const isRule = body !== undefined && query !== '';
      const integrity = {
        ...(isRule && { 'content-md5': createHash('md5').update(body).digest('base64') }),
        ...headers,
        ...own.everywhere(),
      };
      const request = signed
        ? signer.sign({ method, url, headers: integrity, payloadHash: hashPayload(body ?? ''), at: clock() })
        : { url, headers };
      return exchange(request.url, {
        method,
        headers: { ...request.headers },
        ...(body !== undefined && { body: new TextEncoder().encode(body) }),
      });
    },
  };
}

async function exchange(url: string, init: RequestInit, timeout = 20_000): Promise<BucketResponse> {
  const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeout) });
  const text = await response.text();
  const { status, ok, headers } = response;
  const { code = '', message = '' } = (ok ? undefined : parseError(text)) ?? {};
  return { status, ok, headers, text, code, message };
}

/** A new upload in parts; undefined where the store refuses it. */
export async function begin(bucket: Bucket, key: string): Promise<string | undefined> {
  const begun = await bucket.send({ method: 'POST', key, query: 'uploads=', headers: bucket.headers });
  return begun.ok ? parseUploadId(begun.text) : undefined;
}

/** Whether the store does not have this part of S3's API. */
export const isUnknownApi = ({ status, code }: BucketResponse) =>
  status === 501 || status === 405 || code === 'NotImplemented' || code === 'MethodNotAllowed';

/** `403 AccessDenied (Explicit deny)`, for messages: what the store said, in its own words. */
export const said = ({ status, code, message }: Pick<BucketResponse, 'status' | 'code' | 'message'>) =>
  [status, code, message !== '' && message !== code && `(${message.trim().replace(/\.$/, '')})`]
    .filter(Boolean)
    .join(' ');

/** What is the matter, and what to do, where a request of a page has no response. */
export function unreachable({ publicEndpoint }: Bucket, error: unknown): [message: string, hint: string] {
  const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return [
    `${publicEndpoint}, which browsers are to use, does not answer from here: ${why}.`,
    'Check `publicEndpoint` (S3_PUBLIC_ENDPOINT); if this machine cannot reach it, run this where it can be reached.',
  ];
}
