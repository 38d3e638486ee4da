import { UploadsError } from '../errors.ts';

/** Which pages may call from another origin: a list such as `['https://app.example']`, or `'*'` for all. */
export type Origins = readonly string[] | '*';

/**
 * Headers that let the calling page read the answer; none for a page of our own origin.
 * @throws UploadsError `origin-refused`: browsers send `Origin` with every POST, so a page that is not in the list
 * cannot use the cookies of its visitor here.
 */
export function corsHeaders(request: Request, origins: Origins): Record<string, string> {
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
  if (isOwn(request, origin)) return {};
  throw originRefused();
}

const originRefused = () =>
  new UploadsError({
    code: 'origin-refused',
    message: 'This page may not use this upload server.',
    hint: "Add the page's origin to `origins` of the upload server.",
  });

/**
 * The request as `authorize` sees it. Where pages of all origins may call, cookies are taken away from those of others:
 * CORS would only keep them from reading the answer, not from asking in a visitor's name.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function forAuthorize(request: Request, origins: Origins): Request {
  const origin = request.headers.get('origin');
  const isOthers = origin === null ? request.headers.get('sec-fetch-site') === 'cross-site' : !isOwn(request, origin);
  if (origins !== '*' || !isOthers) return request;
  const headers = new Headers(request.headers);
  headers.delete('cookie');
  return new Request(request.url, { method: request.method, headers });
}

/** Hosts are compared, not schemes: behind a proxy that ends TLS the server sees http. */
function isOwn(request: Request, origin: string): boolean {
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  const { headers } = request;
  return (
    host !== undefined &&
    [new URL(request.url).host, headers.get('host'), headers.get('x-forwarded-host')].includes(host)
  );
}

/** The answer to a preflight, with the headers of {@link corsHeaders}. */
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
