/** Finds the region that a call is about. */
import type { RegionOffered } from '@portage/protocol';
import { UploadsError } from '../errors.ts';
import type { Call } from '../operations/call.ts';
import { invalidToken } from '../token/tokens.ts';
import { inOrder } from './nearest.ts';

/** A region that did not answer is asked last for so long, in milliseconds. */
const REST = 30_000;

/** The call, about one region alone. */
export function atRegion(call: Call, region: string): Call {
  const [storage, lasting] = [call.route.storage.regions?.[region], call.lasting.regions?.[region]];
  if (storage === undefined || lasting === undefined) throw new TypeError(`There is no region "${region}".`);
  return { ...call, region, lasting, route: { ...call.route, storage } };
}

/**
 * The call, about the region where the upload of a token lives: the place under its seal says which that is.
 * @throws UploadsError `invalid-token`.
 */
export function atHome(call: Call, token: string): Call {
  const { regions } = call.route.storage;
  if (regions === undefined) return call;
  const home = Object.entries(regions).find(([, { place }]) => isSealedFor(call, token, place));
  if (home === undefined) throw invalidToken();
  return atRegion(call, home[0]);
}

function isSealedFor({ service }: Call, token: string, place: string): boolean {
  try {
    service.tokens.open(token, place);
    return true;
  } catch {
    return false;
  }
}

/** Regions that the route takes files in, for whoever asks. @throws TypeError where it names one that there is not, or none. */
export function allowedRegions({ route, context, regions: names }: Call): readonly string[] {
  const narrowed = route.hooks.regions?.(context) ?? names;
  const unknown = narrowed.find((name) => !names.includes(name));
  if (unknown !== undefined || narrowed.length === 0)
    throw new TypeError(
      `\`regions\` of the route "${route.name}" names ${unknown ?? 'no region'}; there are ${names.join(', ')}.`,
    );
  return narrowed;
}

/** What a page says of regions. */
export interface RegionWish {
  /** The only one that it takes. */
  region?: string | undefined;
  /** In the order in which it would take them. */
  regions?: readonly string[] | undefined;
}

/**
 * The regions that new uploads may go to, the best first: in the order of the page, which has measured them; else of the
 * server, which may know where the page is. Those that did not answer a moment ago come last.
 * @throws UploadsError `place-refused` where the page wants one that the route does not take.
 */
export function offeredRegions(call: Call, { region, regions }: RegionWish): readonly string[] {
  const allowed = allowedRegions(call);
  if (region !== undefined) {
    if (allowed.includes(region)) return [region];
    throw new UploadsError({
      code: 'place-refused',
      message: `Files of this kind are not taken in the region "${region}".`,
      hint: 'Tell the owner of this page.',
    });
  }
  return inOrder(allowed, regions, call.regions);
}

/** Those that rest are asked last. */
export function wellFirst(call: Call, names: readonly string[]): string[] {
  const { resting, clock } = call.service;
  const isResting = (name: string) => (resting.get(call.route.storage.regions?.[name]?.place ?? '') ?? 0) > clock();
  return names.toSorted((a, b) => Number(isResting(a)) - Number(isResting(b)));
}

export function rest({ service, route }: Call): void {
  service.resting.set(route.storage.place, service.clock() + REST);
}

/** The regions as the page gets them: it measures by asking their origins. */
export function offers(call: Call, names: readonly string[]): RegionOffered[] {
  const { regions = {} } = call.route.storage;
  return names.flatMap((name) => {
    const address = regions[name]?.location('');
    return address !== undefined && URL.canParse(address) ? [{ name, origin: new URL(address).origin }] : [];
  });
}
