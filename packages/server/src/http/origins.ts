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
  if (origin === null) return {};
  const shared = { 'access-control-expose-headers': 'date, retry-after', vary: 'Origin' };
  if (origins === '*') return { ...shared, 'access-control-allow-origin': '*' };
  if (origins.includes(origin))
    return { ...shared, 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };
  if (isOwn(request, origin)) return {};
  throw new UploadsError({
    code: 'origin-refused',
    message: 'This page may not use this upload server.',
    hint: "Add the page's origin to `origins` of the upload server.",
  });
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
      allow: 'POST, OPTIONS',
      ...('access-control-allow-origin' in cors && {
        'access-control-allow-methods': 'POST',
        ...(allowed !== null && { 'access-control-allow-headers': allowed }),
        // The longest that any browser takes.
        'access-control-max-age': '7200',
      }),
    },
  });
}
