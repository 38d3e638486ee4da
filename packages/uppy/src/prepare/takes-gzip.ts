import type { Uppy } from '@uppy/core';
import type { EndpointOptions } from '../plugin/options.ts';

/** Longest time for the response, in milliseconds. */
const TIMEOUT = 10_000;

/** Answers of the page's routes. */
const known = new Map<string, boolean>();

/** Asks the route of the upload server whether it takes what is compressed. One that does not answer is asked again. */
export async function takesGzip(uppy: Uppy): Promise<boolean> {
  const options = endpointOf(uppy);
  if (!options) return false;
  const { endpoint, route = 'files', headers, credentials } = options;
  const url = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(route)}`;
  const before = known.get(url);
  if (before !== undefined) return before;
  try {
    const given = typeof headers === 'function' ? await headers() : headers;
    const signal = AbortSignal.timeout(TIMEOUT);
    const answer = await fetch(url, { signal, ...(given && { headers: given }), ...(credentials && { credentials }) });
    const limits: unknown = await answer.json();
    const takes = typeof limits === 'object' && limits !== null && 'gzip' in limits && limits.gzip === true;
    if (answer.ok) known.set(url, takes);
    return takes;
  } catch {
    return false;
  }
}

function endpointOf(uppy: Uppy): EndpointOptions<never, never> | undefined {
  let found: EndpointOptions<never, never> | undefined;
  uppy.iteratePlugins(({ opts }) => {
    if ('endpoint' in opts && typeof opts.endpoint === 'string') found ??= opts as EndpointOptions<never, never>;
  });
  return found;
}
