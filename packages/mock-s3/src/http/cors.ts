import type { IncomingHttpHeaders } from 'node:http';
import { type CorsRule, matchesPattern } from './cors-rule.ts';

/** What pages of other origins may do with buckets that have no CORS configuration of their own. */
export interface CorsRules {
  /** Origins that may ask, such as `https://app.example.com`. @default ['*'] */
  readonly origins?: readonly string[];
  /** @default ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] */
  readonly methods?: readonly string[];
  /** Request headers that a page may send, in any case; `*` is any. @default ['*'] */
  readonly allowedHeaders?: readonly string[];
  /**
   * Answer headers that a page may read. A trailing `*` stands for those that a response has. Leave out `ETag` to see
   * what a forgotten ExposeHeaders does to an upload.
   * @default ['ETag', 'x-amz-*', 'Content-Range', 'Accept-Ranges']
   */
  readonly exposedHeaders?: readonly string[];
  /** For how long a browser may remember a preflight, in seconds. @default 3600 */
  readonly maxAgeSeconds?: number;
  /**
   * Which error responses carry CORS headers. Many stores send none with an error of the signature, and a page then sees
   * a bare network error. Holds for all buckets. @default 'all-but-signature', or what the mimic says
   */
  readonly errors?: CorsErrors;
}

/** Which error responses carry CORS headers. */
export type CorsErrors = 'all' | 'all-but-signature' | 'none';

const SIGNATURE_ERRORS: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AuthorizationHeaderMalformed',
  'AuthorizationQueryParametersError',
  'InvalidAccessKeyId',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

/** The rule that stands for an option left out. */
export function defaultCorsRule({ errors: _, ...rules }: CorsRules): CorsRule {
  return {
    origins: ['*'],
    methods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    allowedHeaders: ['*'],
    exposedHeaders: ['ETag', 'x-amz-*', 'Content-Range', 'Accept-Ranges'],
    maxAgeSeconds: 3600,
    ...rules,
  };
}

/** The headers of a preflight's response; `undefined` when no rule allows it. */
export function preflightHeaders(
  rules: readonly CorsRule[],
  request: IncomingHttpHeaders,
): Readonly<Record<string, string>> | undefined {
  const method = request['access-control-request-method'] ?? '';
  const wanted = listOf(request['access-control-request-headers']);
  const rule = rules.find(
    (each) => allows(each, request.origin, method) && wanted.every((name) => allowsHeader(each, name)),
  );
  if (rule === undefined) return undefined;
  return {
    ...originHeaders(rule, request.origin),
    ...(wanted.length > 0 && { 'access-control-allow-headers': wanted.join(', ') }),
    ...(rule.maxAgeSeconds !== undefined && { 'access-control-max-age': String(rule.maxAgeSeconds) }),
    ...exposed(rule, {}),
    'content-length': '0',
  };
}

/** The CORS headers that go with a response. */
export function responseHeaders(
  { rules, errors }: { readonly rules: readonly CorsRule[]; readonly errors: CorsErrors },
  { headers, method = '' }: { readonly headers: IncomingHttpHeaders; readonly method?: string | undefined },
  response: {
    readonly headers: Readonly<Record<string, string>>;
    readonly errorCode?: string;
    /** Whether the request was signed: whoever did not sign is refused by the bucket, not by the signature. */
    readonly isSigned?: boolean;
  },
): Readonly<Record<string, string>> {
  // What a client says of a request that it is yet to make goes before the request itself.
  const asked = headers['access-control-request-method'] ?? method;
  const rule = rules.find((each) => allows(each, headers.origin, asked));
  if (rule === undefined || isSilentAbout(errors, response)) return {};
  return { ...originHeaders(rule, headers.origin), ...exposed(rule, response.headers) };
}

function allows({ origins, methods }: CorsRule, origin: string | undefined, method: string): boolean {
  return origin !== undefined && methods.includes(method) && origins.some((pattern) => matchesPattern(pattern, origin));
}

function allowsHeader({ allowedHeaders }: CorsRule, name: string): boolean {
  return allowedHeaders.some((pattern) => matchesPattern(pattern.toLowerCase(), name));
}

function isSilentAbout(
  errors: CorsErrors,
  { errorCode, isSigned = true }: { readonly errorCode?: string; readonly isSigned?: boolean },
): boolean {
  if (errorCode === undefined || errors === 'all') return false;
  return errors === 'none' || (isSigned && SIGNATURE_ERRORS.has(errorCode));
}

/** As at S3, every response to a page names the methods too, not only that of a preflight. */
function originHeaders({ origins, methods }: CorsRule, origin = ''): Readonly<Record<string, string>> {
  const common = {
    'access-control-allow-methods': methods.join(', '),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
  if (origins.includes('*')) return { 'access-control-allow-origin': '*', ...common };
  return { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', ...common };
}

function exposed({ exposedHeaders }: CorsRule, headers: Readonly<Record<string, string>>): Record<string, string> {
  const names = exposedHeaders.flatMap((pattern) =>
    pattern.endsWith('*')
      ? Object.keys(headers).filter((name) => matchesPattern(pattern.toLowerCase(), name.toLowerCase()))
      : [pattern],
  );
  return names.length > 0 ? { 'access-control-expose-headers': names.join(', ') } : {};
}

function listOf(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}
