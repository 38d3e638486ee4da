import type { IncomingHttpHeaders } from 'node:http';

/** What pages of other origins may do with the store. */
export interface CorsRules {
  /** Origins that may ask, such as `https://app.example.com`. @default ['*'] */
  readonly origins?: readonly string[];
  /** @default ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] */
  readonly methods?: readonly string[];
  /** Request headers that a page may send, in any case; `*` is any. @default ['*'] */
  readonly allowedHeaders?: readonly string[];
  /**
   * Answer headers that a page may read. A trailing `*` stands for those that an answer has. Leave out `ETag` to see
   * what a forgotten ExposeHeaders does to an upload.
   * @default ['ETag', 'x-amz-*', 'Content-Range', 'Accept-Ranges']
   */
  readonly exposedHeaders?: readonly string[];
  /** For how long a browser may remember a preflight, in seconds. @default 3600 */
  readonly maxAgeSeconds?: number;
  /**
   * Which error answers carry CORS headers. Many stores send none with an error of the signature, and a page then sees
   * a bare network error. @default 'all'
   */
  readonly errors?: 'all' | 'all-but-signature' | 'none';
}

const SIGNATURE_ERRORS: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AuthorizationHeaderMalformed',
  'AuthorizationQueryParametersError',
  'InvalidAccessKeyId',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

/** CORS as S3 does it. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html */
export class Cors {
  readonly #rules: Required<CorsRules>;

  constructor(rules: CorsRules) {
    this.#rules = {
      origins: ['*'],
      methods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
      allowedHeaders: ['*'],
      exposedHeaders: ['ETag', 'x-amz-*', 'Content-Range', 'Accept-Ranges'],
      maxAgeSeconds: 3600,
      errors: 'all',
      ...rules,
    };
  }

  /** The headers of a preflight's answer; `undefined` when it is refused. */
  preflight(request: IncomingHttpHeaders): Readonly<Record<string, string>> | undefined {
    const method = request['access-control-request-method'] ?? '';
    const wanted = listOf(request['access-control-request-headers']);
    const origin = this.#originHeaders(request.origin);
    if (origin === undefined || !this.#rules.methods.includes(method)) return undefined;
    if (!wanted.every((name) => this.#rules.allowedHeaders.some((pattern) => matches(pattern, name)))) return undefined;
    return {
      ...origin,
      'access-control-allow-methods': this.#rules.methods.join(', '),
      ...(wanted.length > 0 && { 'access-control-allow-headers': wanted.join(', ') }),
      'access-control-max-age': String(this.#rules.maxAgeSeconds),
      'content-length': '0',
    };
  }

  /** The CORS headers that go with an answer. */
  answer(
    request: IncomingHttpHeaders,
    response: { readonly headers: Readonly<Record<string, string>>; readonly errorCode?: string },
  ): Readonly<Record<string, string>> {
    const origin = this.#originHeaders(request.origin);
    if (origin === undefined || this.#isSilentAbout(response.errorCode)) return {};
    const exposed = this.#rules.exposedHeaders.flatMap((pattern) =>
      pattern.endsWith('*') ? Object.keys(response.headers).filter((name) => matches(pattern, name)) : [pattern],
    );
    return { ...origin, ...(exposed.length > 0 && { 'access-control-expose-headers': exposed.join(', ') }) };
  }

  #isSilentAbout(errorCode: string | undefined): boolean {
    if (errorCode === undefined || this.#rules.errors === 'all') return false;
    return this.#rules.errors === 'none' || SIGNATURE_ERRORS.has(errorCode);
  }

  #originHeaders(origin: string | undefined): Readonly<Record<string, string>> | undefined {
    if (origin === undefined) return undefined;
    const vary = { vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method' };
    if (this.#rules.origins.includes('*')) return { 'access-control-allow-origin': '*', ...vary };
    if (!this.#rules.origins.includes(origin)) return undefined;
    return { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', ...vary };
  }
}

function listOf(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

function matches(pattern: string, name: string): boolean {
  const [lowerPattern, lowerName] = [pattern.toLowerCase(), name.toLowerCase()];
  return lowerPattern.endsWith('*') ? lowerName.startsWith(lowerPattern.slice(0, -1)) : lowerPattern === lowerName;
}
