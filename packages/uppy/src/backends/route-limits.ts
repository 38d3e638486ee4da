import type { RouteLimits } from '@portage/protocol';

export type { RouteLimits };

/** Where a route is, and what its calls say of who asks. As the options of the plugin. */
export interface RouteAddress {
  readonly endpoint: string;
  /** @default 'files' */
  readonly route?: string | undefined;
  /** @default none */
  readonly headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** @default 'same-origin' */
  readonly credentials?: RequestCredentials | undefined;
}

/** Longest time for the response, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * Asks a route of the upload server what it takes; undefined where it does not say, such as where there is no such route.
 * @throws where there was no response, or none that can be read: that may pass.
 */
export async function askLimits(address: RouteAddress): Promise<RouteLimits | undefined> {
  const { endpoint, route = 'files', headers, credentials } = address;
  const given = typeof headers === 'function' ? await headers() : headers;
  const response = await fetch(`${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(route)}`, {
    signal: AbortSignal.timeout(TIMEOUT),
    ...(given && { headers: given }),
    ...(credentials && { credentials }),
  });
  const limits: unknown = await response.json();
  return response.ok && isLimits(limits) ? limits : undefined;
}

/** A captive portal answers with something else. */
function isLimits(limits: unknown): limits is RouteLimits {
  const { accept, minSize, maxSize, maxFiles } = (limits ?? {}) as Partial<RouteLimits>;
  const areNumbers = [minSize, maxSize, maxFiles].every((value) => typeof value === 'number');
  return areNumbers && Array.isArray(accept) && accept.every((type) => typeof type === 'string');
}
