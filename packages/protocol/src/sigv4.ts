/**
 * AWS Signature Version 4 for S3, pure and synchronous: no network, no clock, no platform crypto, so it runs in
 * browsers, workers and servers alike. Names are those of the specification.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  aroundQuery,
  byNameThenValue,
  type CanonicalHeader,
  canonicalHeaders,
  canonicalQuery,
  canonicalRequest,
  canonicalUrl,
  encodeRfc3986,
  queryOf,
  type SignableHeaders,
  signedHeaders,
} from './sigv4-canonical.ts';

export * from './sigv4-canonical.ts';

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Stands for the body's hash where the body is not signed. S3 only. */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** Longest life of a presigned URL in seconds: seven days. */
export const MAX_EXPIRES_IN = 604_800;

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of temporary credentials. */
  sessionToken?: string | undefined;
}

/** The two digests that a signature takes, both of UTF-8 text, both in lower-case hex. */
export interface Digests {
  sha256(text: string): string;
  /** HMAC-SHA-256 with a key that is used many times. */
  hmac(key: Uint8Array): (text: string) => string;
}

/** Runs anywhere. The key's two blocks are hashed once, which is half of the work for a short text. */
export const portableDigests: Digests = {
  sha256: (text) => hashPayload(text),
  hmac(key) {
    const mac = hmac.create(sha256, key as Uint8Array<ArrayBuffer>);
    return (text) => bytesToHex(mac.clone().update(utf8ToBytes(text)).digest());
  },
};

export interface SignerOptions extends Credentials {
  region: string;
  /** @default 's3' */
  service?: string;
  /** The platform's own are several times faster where it has synchronous ones. @default portableDigests */
  digests?: Digests;
}

interface SignInput<Method extends string> {
  /** In upper case. */
  method: Method;
  /** Absolute. Path and query may be encoded in any valid way; see {@link encodeKey} for a path from a key. */
  url: string;
  /** Every one of them is signed. `host` is added. */
  headers?: SignableHeaders;
  /** The time of signing, in milliseconds since the epoch, by the store's clock. */
  at: number;
}

export interface PresignInput<Method extends string = string> extends SignInput<Method> {
  /** Life of the URL in whole seconds, 1 to 604,800. Temporary credentials may end it sooner. */
  expiresIn: number;
}

/** A request that holds its signature in the URL. */
export interface Presigned<Method extends string = string> {
  method: Method;
  url: string;
  /** To be sent as they are; without `host` and `content-length`, which HTTP clients set themselves. */
  headers: Record<string, string>;
}

export interface HeaderSignInput extends SignInput<string> {
  /** SHA-256 of the body in hex, see {@link hashPayload}. @default 'UNSIGNED-PAYLOAD' */
  payloadHash?: string;
}

/** A request that holds its signature in its headers. */
export interface HeaderSigned {
  /** In canonical form; send it as it is. */
  url: string;
  /** All headers to send, `authorization` included; without `host` and `content-length`. */
  headers: Record<string, string>;
}

export interface Signer {
  /**
   * Puts the signature into the URL: whoever has the URL may send this request until it expires.
   * @throws RangeError when `expiresIn` is out of S3's range; TypeError when the URL is not absolute.
   */
  presign<Method extends string>(input: PresignInput<Method>): Presigned<Method>;
  /**
   * For many requests that differ in their query only, such as the parts of an upload: all the rest is made ready once. The
   * URL has no query; each call adds one, without its `?`.
   * @throws as `presign`.
   */
  presigner<Method extends string>(input: PresignInput<Method>): (query: string) => Presigned<Method>;
  /**
   * Puts the signature into the `authorization` header.
   * @throws TypeError when the URL is not absolute.
   */
  sign(input: HeaderSignInput): HeaderSigned;
}

/** Makes a signer that keeps the signing key of the day: the key takes four HMACs, a signature then takes one. */
export function createSigner(options: SignerOptions): Signer {
  const { accessKeyId, sessionToken, region, service = 's3', digests = portableDigests } = options;
  let moment = momentOf(0);

  function momentOf(second: number) {
    const datetime = amzDate(second * 1000);
    const scope = credentialScope({ date: datetime.slice(0, 8), region, service });
    const query =
      `X-Amz-Algorithm=${ALGORITHM}&X-Amz-Credential=${encodeRfc3986(`${accessKeyId}/${scope}`)}` +
      `&X-Amz-Date=${datetime}`;
    return { second, datetime, scope, query };
  }
  // Parts are signed by the batch, within one second: what depends on the time alone is made once.
  const now = (at: number) => {
    const second = Math.floor(at / 1000);
    if (second !== moment.second) moment = momentOf(second);
    return moment;
  };

  const tokenHeader: CanonicalHeader[] = sessionToken === undefined ? [] : [['x-amz-security-token', sessionToken]];
  const tokenQuery = sessionToken === undefined ? '' : `&X-Amz-Security-Token=${encodeRfc3986(sessionToken)}`;

  let day = { date: '', hmac: (_text: string) => '' };
  /** Signs canonical requests of one moment. */
  const signing = (datetime: string, scope: string) => {
    const date = datetime.slice(0, 8);
    if (day.date !== date) day = { date, hmac: digests.hmac(signingKey({ ...options, date, service })) };
    const { hmac } = day;
    return (request: string) => hmac(stringToSign({ datetime, scope, requestHash: digests.sha256(request) }));
  };

  function presigner<Method extends string>(input: PresignInput<Method>): (query: string) => Presigned<Method> {
    const { method, url, headers: given = {}, expiresIn, at } = input;
    if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > MAX_EXPIRES_IN)
      throw new RangeError(`expiresIn is ${expiresIn}; S3 takes 1 to ${MAX_EXPIRES_IN} whole seconds.`);
    const { origin, host, path } = canonicalUrl(url);
    const { datetime, scope, query: momentQuery } = now(at);
    const headers = canonicalHeaders(given, ['host', host]);
    const names = encodeNames(signedHeaders(headers));
    const signature = `${momentQuery}&X-Amz-Expires=${expiresIn}${tokenQuery}&X-Amz-SignedHeaders=${names}`;
    const sign = signing(datetime, scope);
    const address = `${origin}${path}?`;
    const [before, after] = aroundQuery({ method, path, headers, payloadHash: UNSIGNED_PAYLOAD });
    const sent = sendable(headers);
    return (own) => {
      const query = mergeQuery(signature, canonicalQuery(own));
      const signed = sign(before + query + after);
      return { method, url: `${address}${query}&X-Amz-Signature=${signed}`, headers: { ...sent } };
    };
  }

  return {
    presigner,
    presign: (input) => presigner(input)(queryOf(input.url)),

    sign({ method, url, headers: given = {}, payloadHash = UNSIGNED_PAYLOAD, at }) {
      const { origin, host, path, query } = canonicalUrl(url);
      const { datetime, scope } = now(at);
      const headers = canonicalHeaders(
        given,
        ['host', host],
        ['x-amz-content-sha256', payloadHash],
        ['x-amz-date', datetime],
        ...tokenHeader,
      );
      const signature = signing(datetime, scope)(canonicalRequest({ method, path, query, headers, payloadHash }));
      const authorization =
        `${ALGORITHM} Credential=${accessKeyId}/${scope}, ` +
        `SignedHeaders=${signedHeaders(headers)}, Signature=${signature}`;
      return {
        url: `${origin}${path}${query === '' ? '' : `?${query}`}`,
        headers: { ...sendable(headers), authorization },
      };
    },
  };
}

/** In almost every name `;` is all that needs encoding. */
const encodeNames = (names: string) =>
  /^[\w;.~-]*$/.test(names) ? names.replaceAll(';', '%3B') : encodeRfc3986(names);

/** Both already sorted; sorts again only where a name of the request may come before one of the signature's. */
function mergeQuery(signature: string, own: string): string {
  if (own === '') return signature;
  if (own > 'X-Amz-T') return `${signature}&${own}`;
  return `${signature}&${own}`.split('&').sort(byNameThenValue).join('&');
}

/** Headers that an HTTP client sets by itself, and a browser refuses to have set. */
const SET_BY_CLIENT: ReadonlySet<string> = new Set(['host', 'content-length']);

function sendable(headers: readonly CanonicalHeader[]): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const [name, value] of headers) if (!SET_BY_CLIENT.has(name)) sent[name] = value;
  return sent;
}

/** `20130524T000000Z`. */
export const amzDate = (at: number) => `${new Date(at).toISOString().replace(/[:-]/g, '').slice(0, 15)}Z`;

/** Day, region and service that a signature is good for. */
export interface Scope {
  /** `20130524`, in UTC. */
  date: string;
  region: string;
  service: string;
}

export const credentialScope = ({ date, region, service }: Scope) => `${date}/${region}/${service}/aws4_request`;

/** The text that is signed. */
export function stringToSign(input: { datetime: string; scope: string; requestHash: string }): string {
  return `${ALGORITHM}\n${input.datetime}\n${input.scope}\n${input.requestHash}`;
}

/** The key of a day, derived so that it is useless on another day, in another region, for another service. */
export function signingKey({
  secretAccessKey,
  date,
  region,
  service,
}: Scope & { secretAccessKey: string }): Uint8Array {
  const root = utf8ToBytes(`AWS4${secretAccessKey}`);
  return [date, region, service, 'aws4_request'].reduce<Uint8Array>(
    (key, message) => hmac(sha256, key as Uint8Array<ArrayBuffer>, utf8ToBytes(message)),
    root,
  );
}

/** The signature in hex. */
export const signature = (key: Uint8Array, text: string): string => portableDigests.hmac(key)(text);

/** SHA-256 in lower-case hex. */
export const hashPayload = (payload: string | Uint8Array): string =>
  bytesToHex(sha256((typeof payload === 'string' ? utf8ToBytes(payload) : payload) as Uint8Array<ArrayBuffer>));
