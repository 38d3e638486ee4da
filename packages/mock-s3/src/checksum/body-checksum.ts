import { S3Error } from '../errors/s3-error.ts';
import { type ChecksumAlgorithm, checksumHeader } from './algorithm.ts';
import { type ClaimedChecksum, checkValue } from './claimed-checksum.ts';
import { createHasher, type Hasher } from './hasher.ts';
import type { Checksum } from './object-checksum.ts';

/** Computes the checksum of one body, and compares it with what was claimed. */
export class BodyChecksum {
  readonly #claimed: ClaimedChecksum | undefined;
  readonly #algorithm: ChecksumAlgorithm;
  readonly #hasher: Hasher;

  private constructor(claimed: ClaimedChecksum | undefined, algorithm: ChecksumAlgorithm, hasher: Hasher) {
    this.#claimed = claimed;
    this.#algorithm = algorithm;
    this.#hasher = hasher;
  }

  /** @param wanted - To be computed where nothing is claimed. @returns `undefined` if there is nothing to compute. */
  static async begin(
    claimed: ClaimedChecksum | undefined,
    wanted: ChecksumAlgorithm | undefined,
  ): Promise<BodyChecksum | undefined> {
    const algorithm = claimed?.algorithm ?? wanted;
    if (algorithm === undefined) return undefined;
    return new BodyChecksum(claimed, algorithm, await createHasher(algorithm));
  }

  update(bytes: Buffer): void {
    this.#hasher.update(bytes);
  }

  /** Throws BadDigest if it is not what was claimed. @param trailers - Names in lower case. */
  end(trailers: ReadonlyMap<string, string>): Checksum {
    const value = this.#hasher.digest();
    const claimed = this.#claimed;
    if (claimed) {
      const expected = claimed.kind === 'header' ? claimed.value : trailers.get(checksumHeader(this.#algorithm));
      if (expected === undefined) throw new S3Error('MalformedTrailerError');
      checkValue(this.#algorithm, expected);
      if (expected !== value) throw checksumMismatch(this.#algorithm);
    }
    return { algorithm: this.#algorithm, value };
  }
}

/** S3's response to a checksum that does not match. */
export function checksumMismatch(algorithm: ChecksumAlgorithm): S3Error {
  return new S3Error('BadDigest', { message: `The ${algorithm} you specified did not match the calculated checksum.` });
}
