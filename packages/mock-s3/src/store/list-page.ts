/** Which keys a listing wants. */
export interface ListQuery {
  /** Keys must begin with it. */
  readonly prefix: string;
  /** Keys that share what comes before its first occurrence after the prefix are rolled up; '' rolls up nothing. */
  readonly delimiter: string;
  /** Most entries and common prefixes together. */
  readonly max: number;
}

/** One page of a listing. */
export interface ListPage<Entry> {
  readonly entries: readonly Entry[];
  readonly commonPrefixes: readonly string[];
  /** The last thing of this page, if there are more. */
  readonly next: Place<Entry> | undefined;
}

/** How far a listing came. */
export type Place<Entry> =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'commonPrefix'; readonly commonPrefix: string };

/**
 * Takes one page of entries that are already in order and begin after the place where the last page ended.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html
 */
export function listPage<Entry>(
  sorted: Iterable<Entry>,
  keyOf: (entry: Entry) => string,
  { prefix, delimiter, max }: ListQuery,
): ListPage<Entry> {
  const entries: Entry[] = [];
  const commonPrefixes = new Set<string>();
  let last: Place<Entry> | undefined;
  for (const entry of max > 0 ? sorted : []) {
    const key = keyOf(entry);
    if (!key.startsWith(prefix)) continue;
    const commonPrefix = rollUp(key, prefix, delimiter);
    if (commonPrefix !== undefined && commonPrefixes.has(commonPrefix)) continue;
    if (entries.length + commonPrefixes.size === max) {
      return { entries, commonPrefixes: [...commonPrefixes], next: last };
    }
    if (commonPrefix === undefined) {
      entries.push(entry);
      last = { kind: 'entry', entry };
    } else {
      commonPrefixes.add(commonPrefix);
      last = { kind: 'commonPrefix', commonPrefix };
    }
  }
  return { entries, commonPrefixes: [...commonPrefixes], next: undefined };
}

function rollUp(key: string, prefix: string, delimiter: string): string | undefined {
  const index = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return index === -1 ? undefined : key.slice(0, index + delimiter.length);
}
