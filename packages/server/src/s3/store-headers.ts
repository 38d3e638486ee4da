import type { ObjectHeaders } from '../storage.ts';

/** Headers with any names, or a function that is asked for them with each object. */
export type StoreHeaders = ObjectHeaders | (() => ObjectHeaders);

/** Those go with every request, the others with what makes an object: PUT, CreateMultipartUpload and CopyObject. */
const EVERYWHERE: ReadonlySet<string> = new Set(['x-amz-expected-bucket-owner', 'x-amz-request-payer']);

/**
 * Amazon wants a sum of the bytes with each part of an object that becomes locked, and whoever signs a part has not seen its
 * bytes; and what is locked and refused afterwards nobody could remove. So a file is locked when it is checked.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
const isLock = (name: string) => name.startsWith('x-amz-object-lock-');

const ONLY_KEPT: ReadonlySet<string> = new Set(['x-amz-storage-class', 'x-amz-tagging']);

/** What Portage sends itself, or must not hand to browsers. */
const RESERVED: readonly (readonly [RegExp, string])[] = [
  [/customer/, 'customer keys would be shown to every browser; encrypt with KMS instead'],
  [/^x-amz-(?:meta-|checksum-|sdk-|date$|content-sha256$|security-token$|copy-source)/, 'Portage sets it itself'],
  [/^(?:host|content-.*|if-.*|authorization|range)$/, 'Portage sets it itself'],
];

/** @throws TypeError for a header that cannot be given here. */
export function createStoreHeaders(headers: StoreHeaders = {}): {
  /** For what makes an object at its place. */
  ofObject(): ObjectHeaders;
  /** For an object that is not checked yet: it is not locked. */
  ofUpload(): ObjectHeaders;
  /** For an object that is deleted in a moment: without tags, and without a storage class. Some classes are paid for a month. */
  ofPassing(): ObjectHeaders;
  /** Whether they lock objects. */
  locks: boolean;
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
    ofUpload: () => read((name) => !EVERYWHERE.has(name) && !isLock(name)),
    ofPassing: () => read((name) => !EVERYWHERE.has(name) && !isLock(name) && !ONLY_KEPT.has(name)),
    locks: Object.keys(read(isLock)).length > 0,
    everywhere: () => read((name) => EVERYWHERE.has(name)),
  };
  return all;
}
