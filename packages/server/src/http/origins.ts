import { UploadsError } from '../errors.ts';
import type { Asked } from './asked.ts';

/** Which pages may call from another origin: a list such as `['https://app.example']`, or `'*'` for all. */
export type Origins = readonly string[] | '*';

/**
 * Headers that let the calling page read the response; none for a page of our own origin.
 * @throws UploadsError `origin-refused`: browsers send `Origin` with every POST, so a page that is not in the list
 * cannot use the cookies of its visitor here.
 */
export function corsHeaders(request: Request, origins: Origins, asked: Asked): Record<string, string> {
  const origin = request.headers.get('origin');
  if (origin === null) {
    // Some privacy tools take `Origin` away; this header, which no page can set, then still tells.
    const crossSite = request.headers.get('sec-fetch-site') === 'cross-site';
    if (crossSite && request.method !== 'GET' && origins !== '*') throw originRefused();
    return {};
  }
  const shared = { 'access-control-expose-headers': 'date, retry-after', vary: 'Origin' };
  if (origins === '*') return { ...shared, 'access-control-allow-origin': '*' };
  if (origins.includes(origin))
    return { ...shared, 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };
  if (isOwn(request, origin, asked) || isBehindProxy(origin, asked)) return {};
  throw isOneOf(asked.untrusted, origin) ? proxyNotTrusted() : originRefused();
}

const originRefused = () =>
  new UploadsError({
    code: 'origin-refused',
    message: 'This page may not use this upload server.',
    hint: "Add the page's origin to `origins` of the upload server.",
  });

const proxyNotTrusted = () =>
  new UploadsError({
    code: 'origin-refused',
    message: 'This page may not use this upload server, as far as the server can tell.',
    hint: 'The page is named in X-Forwarded-Host or Forwarded, which anybody could write. If a proxy of yours did, set `trustProxy` of the upload server.',
  });

/**
 * Refuses a call by a name that is not the server's own: a page may have its own name point to this address, and then
 * it is of the same origin.
 * @param own Names with or without a port; undefined takes every name.
 * @throws UploadsError `origin-refused`.
 * @see https://developer.mozilla.org/en-US/docs/Web/Security/Attacks/DNS_rebinding
 */
export function checkHost({ hosts }: Asked, own: readonly string[] | undefined): void {
  if (own === undefined) return;
  const names = own.map((name) => name.toLowerCase());
  // The name in the Host header says more than the address that a framework has made up for the request.
  const host = hosts.at(-1) ?? '';
  if (names.includes(host) || names.includes(host.replace(/:\d+$/, ''))) return;
  throw new UploadsError({
    code: 'origin-refused',
    message: 'The upload server does not know itself by the name that it was asked by.',
    hint: 'Add the name to `hosts` of the upload server. Behind a proxy that changes the name, set `trustProxy`.',
  });
}

/**
 * The request as `authorize` sees it. Where pages of all origins may call, what a browser or a proxy adds by itself to say
 * who its user is, is taken away from calls of other pages: CORS would only keep them from reading the response, not from
 * asking in a visitor's name. What a page has to say itself, such as a bearer token, stays.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function forAuthorize(request: Request, origins: Origins, asked: Asked): Request {
  const origin = request.headers.get('origin');
  const isOthers =
    origin === null ? request.headers.get('sec-fetch-site') === 'cross-site' : !isOwn(request, origin, asked);
  if (origins !== '*' || !isOthers) return request;
  const headers = new Headers(
    [...request.headers].filter(
      ([name, value]) => !AMBIENT.test(name) && !(name === 'authorization' && AMBIENT_SCHEME.test(value)),
    ),
  );
  return new Request(request.url, { method: request.method, headers });
}

/** Cookies; and what a proxy says of a certificate, or of somebody whom it has signed in. */
const AMBIENT =
  /^cookie2?$|cert|^(?:x-)?ssl-|^(?:x-)?(?:remote|forwarded|auth-request|authenticated)-?(?:user|email|groups|preferred|access)|^(?:x-)?(?:amzn-oidc|goog-iap|goog-authenticated|cf-access|authentik|ms-client-principal)/;
/** What a browser knows by heart and sends by itself. */
const AMBIENT_SCHEME = /^\s*(?:basic|digest|negotiate|ntlm|kerberos|mutual|hoba|scram-)/i;

/** By the word of the browser, which no page can change, whatever a proxy has made of the name; else by the name. */
function isOwn({ headers }: Request, origin: string, { hosts }: Asked): boolean {
  return headers.get('sec-fetch-site') === 'same-origin' || isOneOf(hosts, origin);
}

/**
 * A page that may well be of the same origin, where a proxy has changed the name: taken the port away (nginx's `$host`), or
 * put another one in its place while an app is developed (Vite's `changeOrigin`). It gets no CORS headers. So if it is of
 * another origin after all, its browser does not send the call: JSON of another origin is asked for first.
 */
function isBehindProxy(origin: string, { hosts }: Asked): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return hosts.includes(hostname) || (!isProduction() && LOOPBACK.test(hostname));
}

const LOOPBACK = /^(?:localhost|[\w.-]+\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Runtimes without Node's `process` are taken for what is deployed. */
const isProduction = () => (globalThis.process?.env?.['NODE_ENV'] ?? 'production') === 'production';

/**
 * Hosts are compared, not schemes: behind a proxy that ends TLS the server sees http. A port that the scheme implies may be
 * named or not.
 */
function isOneOf(hosts: readonly string[], origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  const implied = protocol === 'https:' ? /:443$/ : /:80$/;
  return hosts.some((each) => each.replace(implied, '') === host);
}

/** @throws TypeError for what no browser says in `Origin`: it would refuse every call, and tell nobody why. */
export function checkOrigins(origins: Origins): void {
  if (origins === '*') return;
  for (const origin of origins) {
    if (/^[a-z][a-z\d+.-]*:\/\/[^/?#\s]+$/.test(origin)) continue;
    throw new TypeError(
      `\`origins\` has "${origin}". An origin is a scheme and a host, in lower case, with no slash or path at its end, such as "https://app.example".`,
    );
  }
}

/** The response to a preflight, with the headers of {@link corsHeaders}. */
export function preflight(request: Request, cors: Record<string, string>): Response {
  const allowed = request.headers.get('access-control-request-headers');
  return new Response(null, {
    status: 204,
    headers: {
      ...cors,
      allow: 'GET, POST, OPTIONS',
      ...('access-control-allow-origin' in cors && {
        'access-control-allow-methods': 'GET, POST',
        ...(allowed !== null && { 'access-control-allow-headers': allowed }),
        // The longest that any browser takes.
        'access-control-max-age': '7200',
      }),
    },
  });
}
