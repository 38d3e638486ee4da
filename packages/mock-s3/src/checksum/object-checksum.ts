import type { ChecksumAlgorithm, ChecksumType } from './algorithm.ts';
import { type CheckedRun, combineCrcs } from './combine-crc.ts';
import { createHasher } from './hasher.ts';

/** The checksum of an object or a part. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; with `-` and the number of parts behind it if composite. */
  readonly value: string;
}

/** What is promised of an upload's checksum when it is created. */
export interface ChecksumPlan {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
}

/**
 * The checksum of an object from those of its parts.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html#ChecksumTypes
 */
export async function objectChecksum(
  { algorithm, type }: ChecksumPlan,
  parts: readonly CheckedRun[],
): Promise<Checksum> {
  if (type === 'FULL_OBJECT') {
    if (algorithm === 'SHA1' || algorithm === 'SHA256') throw new Error(`${algorithm} can not be combined.`);
    return { algorithm, value: combineCrcs(algorithm, parts) };
  }
  const hasher = await createHasher(algorithm);
  for (const { checksum } of parts) hasher.update(Buffer.from(checksum, 'base64'));
  return { algorithm, value: `${hasher.digest()}-${parts.length}` };
}
