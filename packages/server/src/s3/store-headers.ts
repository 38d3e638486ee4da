import type { ObjectHeaders } from '../storage.ts';

/** Headers with any names, or a function that is asked for them with each object. */
export type StoreHeaders = ObjectHeaders | (() => ObjectHeaders);

/** Those go with every request, the others with what makes an object: PUT, CreateMultipartUpload and CopyObject. */
const EVERYWHERE: ReadonlySet<string> = new Set(['x-amz-expected-bucket-owner', 'x-amz-request-payer']);

/** What Portage sends itself, or must not hand to browsers. */
const RESERVED: readonly (readonly [RegExp, string])[] = [
  [/customer/, 'customer keys would be shown to every browser; encrypt with KMS instead'],
  [/^x-amz-(?:meta-|checksum-|sdk-|date$|content-sha256$|security-token$|copy-source)/, 'Portage sets it itself'],
  [/^(?:host|content-.*|if-.*|authorization|range)$/, 'Portage sets it itself'],
];

/** @throws TypeError for a header that cannot be given here. */
export function createStoreHeaders(headers: StoreHeaders = {}): {
  /** For what makes an object. */
  ofObject(): ObjectHeaders;
  /** For every request. */
  everywhere(): ObjectHeaders;
} {
  const read = (isWanted: (name: string) => boolean) => {
    const given = Object.entries(typeof headers === 'function' ? headers() : headers).map(
      ([name, value]) => [name.toLowerCase(), value] as const,
    );
    for (const [name] of given) {
      const [, why] = RESERVED.find(([pattern]) => pattern.test(name)) ?? [];
      if (why !== undefined) throw new TypeError(`\`headers\` cannot have ${name}: ${why}.`);
    }
    return Object.fromEntries(given.filter(([name]) => isWanted(name)));
  };
  const all = {
    ofObject: () => read((name) => !EVERYWHERE.has(name)),
    everywhere: () => read((name) => EVERYWHERE.has(name)),
  };
  all.ofObject();
  return all;
}
