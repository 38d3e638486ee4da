/** What a path asks for. An unknown one asks for a route without a name, which nobody has. */
export type Target =
  | { kind: 'health' }
  | { kind: 'ready' }
  | { kind: 'limits'; route: string; operation: 'limits' }
  | { kind: 'operation'; route: string; operation: string };

/** `{basePath}/{route}/{operation}`, `{basePath}/{route}`, `{basePath}/healthz` and `{basePath}/readyz`. */
export function locate(request: Request, basePath: string): Target {
  // One slash at the end is nothing: Next.js may be told to put it there.
  const pathname = new URL(request.url).pathname.replace(/\/$/, '');
  const base = bareBase(basePath);
  const [route = '', operation, ...more] = pathname.startsWith(`${base}/`)
    ? pathname.slice(base.length + 1).split('/')
    : [];
  if (more.length > 0) return { kind: 'operation', route: '', operation: '' };
  if (operation !== undefined) return { kind: 'operation', route, operation };
  if (route === 'healthz') return { kind: 'health' };
  return route === 'readyz' ? { kind: 'ready' } : { kind: 'limits', route, operation: 'limits' };
}

/** Without slashes at its end, which say nothing. */
export const bareBase = (basePath: string) => basePath.replace(/\/+$/, '');
