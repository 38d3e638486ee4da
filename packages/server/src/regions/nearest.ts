/** Which regions are near whoever asks, as far as the server can tell before anything is measured. */

/**
 * What is near a region: countries by their two letters (ISO 3166), and areas as the time zones of the world name them,
 * such as `Europe`, `America`, `Asia`, `Africa`, `Australia` and `Pacific`.
 */
export type Near = Readonly<Record<string, readonly string[]>>;

/** Names regions, the nearest first; those that are left out follow. @param country Two letters, where a header names it. */
export type NearestOf = (request: Request, country: string | undefined) => string | readonly string[] | undefined;

/** In which country the page is, as the network before this server says. Anybody can write them: they order, and allow nothing. */
const COUNTRY_HEADERS = ['cf-ipcountry', 'x-vercel-ip-country', 'cloudfront-viewer-country'];

export function countryOf({ headers }: Request): string | undefined {
  const named = COUNTRY_HEADERS.map((name) => headers.get(name)?.toUpperCase());
  return named.find((country) => country !== undefined && /^[A-Z]{2}$/.test(country) && country !== 'XX');
}

/** The areas of a country, by its time zones. */
export function areasOf(country: string): readonly string[] {
  try {
    const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
      getTimeZones?: () => string[] | undefined;
      timeZones?: string[] | undefined;
    };
    const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
    return [...new Set(zones.map((zone) => zone.split('/', 1)[0] ?? ''))];
  } catch {
    return [];
  }
}

/** Those that name the country first, then those that name its area, then the others, each in the order they were declared in. */
export function byCountry(names: readonly string[], near: Near, country: string | undefined): string[] {
  const areas = country === undefined ? [] : areasOf(country);
  const rank = (name: string) => {
    const places = near[name] ?? [];
    if (country !== undefined && places.includes(country)) return 0;
    return areas.some((area) => places.includes(area)) ? 1 : 2;
  };
  return names.toSorted((a, b) => rank(a) - rank(b));
}

/** `names` in the order of several wishes, the first of them counting most; names that are none are left out. */
export function inOrder(names: readonly string[], ...wishes: (string | readonly string[] | undefined)[]): string[] {
  const wished = wishes.flatMap((wish) => wish ?? []);
  return [...new Set([...wished.filter((name) => names.includes(name)), ...names])];
}
