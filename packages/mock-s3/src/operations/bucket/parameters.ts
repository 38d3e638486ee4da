import { invalidArgument } from '../../errors/s3-error.ts';
import type { Query } from '../../http/query.ts';
import { encodeUriPath } from '../../http/uri.ts';
import type { Mimic } from '../../mimic/mimic.ts';

/** A whole number from the query, within `[min, max]`; `fallback` when it is not there. */
export function integerParameter(
  query: Query,
  name: string,
  { min, max, fallback }: { readonly min: number; readonly max: number; readonly fallback: number },
): number {
  const text = query.get(name);
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value < min || value > max) {
    throw invalidArgument(name, text, `Argument ${name} must be an integer between ${min} and ${max}`);
  }
  return value;
}

/** Most entries of one page, at S3 too: a client may ask for more, and gets these. */
const PAGE = 1000;

/** Size of a page: `max-keys`, `max-parts`, `max-uploads`. */
export function pageSize(query: Query, name: string): number {
  return Math.min(PAGE, integerParameter(query, name, { min: 0, max: 2 ** 31 - 1, fallback: PAGE }));
}

/** How keys are to be written in a listing: as they are, or percent-encoded with `encoding-type=url`. */
export function keyEncoding(query: Query, { blankInList }: Mimic): (key: string) => string {
  const type = query.get('encoding-type');
  if (type === undefined || type === '') return (key) => key;
  if (type !== 'url') throw invalidArgument('encoding-type', type, 'Invalid Encoding Method specified in Request');
  return blankInList === '%20' ? encodeUriPath : (key) => encodeUriPath(key).replaceAll('%20', '+');
}
