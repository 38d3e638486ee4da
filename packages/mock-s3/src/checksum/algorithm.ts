/**
 * The checksums that S3 knows beside MD5.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export const ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

/** One of S3's checksums, by its name there. */
export type ChecksumAlgorithm = (typeof ALGORITHMS)[number];

/** Of the whole object, or of the checksums of its parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** Bytes of each checksum. */
const CHECKSUM_SIZE: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

/** The header that carries a checksum, in lower case. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The element of S3's XML that carries a checksum. */
export function checksumElement(algorithm: ChecksumAlgorithm): `Checksum${ChecksumAlgorithm}` {
  return `Checksum${algorithm}`;
}

/** Reads the name of an algorithm, in any case. */
export function toAlgorithm(text: string): ChecksumAlgorithm | undefined {
  return ALGORITHMS.find((each) => each === text.toUpperCase());
}

/** Whether a text can be a checksum: base64 of the right length. */
export function isChecksum(algorithm: ChecksumAlgorithm, text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === CHECKSUM_SIZE[algorithm] && bytes.toString('base64') === text;
}
