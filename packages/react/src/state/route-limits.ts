/** Loaded for an uploader that has its limits from the server. */
import { askLimits, type RouteAddress, type RouteLimits } from '@portage/uppy';
import { warn } from './warn.ts';

/** What a route takes; undefined, and said on the console, where the server does not say. @throws where it is to be asked again. */
export async function limitsOf(address: RouteAddress): Promise<RouteLimits | undefined> {
  const limits = await askLimits(address);
  if (!limits)
    warn(
      `${address.endpoint} does not say what its route "${address.route}" takes, so nothing is checked before it is sent. Are ` +
        'endpoint and `basePath` the same, and is there such a route?',
    );
  return limits;
}
