/**
 * Whether a file has changed while it was sent. Its parts are read one after the other, for hours at times; a file that
 * somebody saves in between would be stored as a mix of old and new, its checksum as good as any.
 */
import type { FirstLook, Random, Range } from '../ports.ts';
import type { Result, SecondLook } from '../vocabulary.ts';

const KiB = 1024;

/** At the start, in the middle and at the end: where files of most formats change when they are saved. In bytes. */
const FIXED = 64 * KiB;
/** In so many equal stretches of the file there is one place each that nobody can foresee, of so many bytes. */
const SECRETS = 32;
const SECRET = 4 * KiB;
/** Up to this size there are no samples: reading all of it again takes no longer. In bytes. */
const SMALL = 8 * 1024 * KiB;
/** An upload that took no longer was over before anybody could save anything. In milliseconds. */
const AT_ONCE = 2_000;
/** Reading all of a file again may take this long in any case, and else as long as its upload. In milliseconds. */
const LEAST_TIME = 30_000;

/** The places of a file that are looked at before and after it is sent. An edit of 1/16 of the file hits at least one. */
export function sampleRanges(size: number, random: Random): readonly Range[] {
  if (size <= SMALL) return [];
  const fixed = [0, Math.floor((size - FIXED) / 2), size - FIXED].map((at): Range => [at, at + FIXED]);
  const stretch = size / SECRETS;
  const secret = Array.from({ length: SECRETS }, (_, index): Range => {
    const at = Math.floor(index * stretch + random() * (stretch - SECRET));
    return [at, at + SECRET];
  });
  return [...fixed, ...secret];
}

export type Look =
  | { readonly how: 'none' | 'samples' }
  /** @param within - In milliseconds; after that there are the samples. */
  | { readonly how: 'whole'; readonly within: number };

/**
 * How to look at a file again before its upload is completed.
 * @param isSummed - Whether it is known what the parts that were sent add up to.
 */
export function lookAgain({ at, noticed, ranges }: FirstLook, size: number, isSummed: boolean, now: number): Look {
  const took = now - at;
  const within = Math.max(LEAST_TIME, took);
  if (!noticed) return { how: 'whole', within };
  if (ranges.length > 0) return { how: 'samples' };
  return took < AT_ONCE || size > SMALL || !isSummed ? { how: 'none' } : { how: 'whole', within };
}

/**
 * The result with what may be claimed: a store that has every byte that was sent has what was picked only if the file was
 * one and the same all the while. Without a look at all of it, that is known where the browser watches it.
 */
export function claim(result: Result, secondLook: SecondLook, noticed: boolean): Result {
  const isShown = noticed || secondLook === 'whole';
  return { ...result, secondLook, ...(result.verifiedBy && !isShown && { verifiedBy: 'size' }) };
}
