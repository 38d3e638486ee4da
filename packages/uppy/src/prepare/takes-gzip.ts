import type { Uppy } from '@uppy/core';
import { askLimits } from '../backends/route-limits.ts';
import type { EndpointOptions } from '../plugin/options.ts';

/** Answers of the page's routes. */
const known = new Map<string, boolean>();

/** Asks the route of the upload server whether it takes what is compressed. One that does not answer is asked again. */
export async function takesGzip(uppy: Uppy): Promise<boolean> {
  const options = endpointOf(uppy);
  if (!options) return false;
  const name = JSON.stringify([options.endpoint, options.route]);
  const before = known.get(name);
  if (before !== undefined) return before;
  try {
    const limits = await askLimits(options);
    if (limits) known.set(name, limits.gzip === true);
    return limits?.gzip === true;
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
