/**
 * The canonical form of a request: what both sides of AWS Signature Version 4 hash, so it must be equal byte for byte.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */

/** Every character but `A-Z a-z 0-9 - _ . ~`, percent-encoded as UTF-8. A lone surrogate becomes U+FFFD. */
export function encodeRfc3986(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text.replace(LONE_SURROGATE, '\uFFFD')).replace(LEFT_BY_ECMASCRIPT, hexOf);
}
const UNRESERVED = /^[\w.~-]*$/;
const LEFT_BY_ECMASCRIPT = /[!'()*]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const hexOf = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;

/** An object key as the path of a URL: each segment encoded, slashes kept. */
export function encodeKey(key: string): string {
  return UNRESERVED_PATH.test(key) ? key : key.split('/').map(encodeRfc3986).join('/');
}
const UNRESERVED_PATH = /^[\w.~/-]*$/;

/** A URL taken apart, its path and query in canonical form: the URL that is signed is the URL that is sent. */
export interface CanonicalUrl {
  /** Scheme, `://` and host. */
  origin: string;
  host: string;
  path: string;
  /** Sorted, without `?`. */
  query: string;
}

/**
 * Takes an absolute URL apart. The path is encoded once, as S3 wants it, and not normalised: `//` and `..` are keys.
 * @throws TypeError when the URL is not absolute, or its percent-encoding is broken.
 */
export function canonicalUrl(url: string): CanonicalUrl {
  const match = ABSOLUTE_URL.exec(url);
  if (!match) throw new TypeError(`Not an absolute http(s) URL: ${url}`);
  const [, scheme = '', authority = '', path = ''] = match;
  const host = canonicalHost(scheme, authority);
  return { origin: scheme + host, host, path: canonicalPath(path || '/'), query: canonicalQuery(queryOf(url)) };
}
const ABSOLUTE_URL = /^(https?:\/\/)([^/?#@]+)([^?#]*)/;

/** What stands between the `?` of a URL and its `#`. */
export const queryOf = (url: string): string => /\?([^#]*)/.exec(url.split('#', 1)[0] ?? '')?.[1] ?? '';

/** As an HTTP client will send it in `Host`: in lower case, without the port that the scheme implies. */
function canonicalHost(scheme: string, authority: string): string {
  if (!/[A-Z]|:(?:80|443)$/.test(authority)) return authority;
  return authority.toLowerCase().replace(scheme === 'https://' ? /:443$/ : /:80$/, '');
}

const canonicalPath = (path: string) =>
  UNRESERVED_PATH.test(path)
    ? path
    : path
        .split('/')
        .map((segment) => encodeRfc3986(decodeURIComponent(segment)))
        .join('/');

/** A query string, each name and value encoded, sorted by name and then by value. `?acl` becomes `acl=`. */
export function canonicalQuery(query: string): string {
  if (query === '') return '';
  // Nothing to encode, as in the query of a part: only the order is left to do, and mostly not even that.
  if (UNRESERVED_QUERY.test(query)) {
    const pairs = query.split('&');
    const isSorted = pairs.every((pair, index) => index === 0 || byNameThenValue(pairs[index - 1] ?? '', pair) <= 0);
    return isSorted ? query : pairs.sort(byNameThenValue).join('&');
  }
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map(canonicalPair)
    .sort(byNameThenValue)
    .join('&');
}
const UNRESERVED_QUERY = /^[\w.~-]+=[\w.~-]*(?:&[\w.~-]+=[\w.~-]*)*$/;

function canonicalPair(pair: string): string {
  const equals = pair.indexOf('=');
  return equals < 0 ? `${recode(pair)}=` : `${recode(pair.slice(0, equals))}=${recode(pair.slice(equals + 1))}`;
}
const recode = (text: string) => (UNRESERVED.test(text) ? text : encodeRfc3986(decodeURIComponent(text)));

/** Orders canonical pairs. Not as plain strings: `-`, `.`, `%` and digits would sort before the `=` of a shorter name. */
export function byNameThenValue(a: string, b: string): number {
  const nameOfA = a.slice(0, a.indexOf('='));
  const nameOfB = b.slice(0, b.indexOf('='));
  if (nameOfA !== nameOfB) return nameOfA < nameOfB ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Headers to sign, by name in any case. */
export type SignableHeaders = Readonly<Record<string, string>>;

/** A header, its name in lower case, its value trimmed. */
export type CanonicalHeader = readonly [name: string, value: string];

/** Names in lower case, ascending; values trimmed, with runs of spaces made one. `more` is canonical already. */
export function canonicalHeaders(headers: SignableHeaders, ...more: CanonicalHeader[]): CanonicalHeader[] {
  const canonical = more;
  for (const name of Object.keys(headers)) canonical.push([name.toLowerCase(), trim(headers[name] ?? '')]);
  return canonical.sort(byName);
}
const byName = (a: CanonicalHeader, b: CanonicalHeader) => (a[0] < b[0] ? -1 : 1);
const trim = (value: string) => (SPACES.test(value) ? value.trim().replace(/ +/g, ' ') : value);
const SPACES = /^\s|\s$| {2}/;

/** The parts of a canonical request, already in canonical form. */
export interface CanonicalRequest {
  method: string;
  path: string;
  query: string;
  /** As {@link canonicalHeaders} returns them; `host` among them. */
  headers: readonly CanonicalHeader[];
  /** SHA-256 of the body in hex, or `UNSIGNED-PAYLOAD`. */
  payloadHash: string;
}

/** The text whose hash is signed. */
export function canonicalRequest({ query, ...rest }: CanonicalRequest): string {
  const [before, after] = aroundQuery(rest);
  return before + query + after;
}

/** The same without its query: what comes before it, and what after. */
export function aroundQuery({ method, path, headers, payloadHash }: Omit<CanonicalRequest, 'query'>): [string, string] {
  let lines = '';
  for (const header of headers) lines += `${header[0]}:${header[1]}\n`;
  return [`${method}\n${path}\n`, `\n${lines}\n${signedHeaders(headers)}\n${payloadHash}`];
}

/** The names of the signed headers, as they stand in the request and in its signature. */
export function signedHeaders(headers: readonly CanonicalHeader[]): string {
  let names = '';
  for (const header of headers) names += names === '' ? header[0] : `;${header[0]}`;
  return names;
}
