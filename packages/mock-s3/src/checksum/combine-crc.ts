/** A run of bytes of which only the checksum and the length are known. */
export interface CheckedRun {
  /** Base64. */
  readonly checksum: string;
  /** Bytes. */
  readonly size: number;
}

/** Checksums that can be combined: that of the whole follows from those of its parts. */
export type CrcAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME';

/** Width in bits, and the reversed polynomial. */
const CRCS = {
  CRC32: { width: 32n, polynomial: 0xedb88320n },
  CRC32C: { width: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { width: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
} as const satisfies Record<CrcAlgorithm, Crc>;

interface Crc {
  readonly width: bigint;
  readonly polynomial: bigint;
}

/**
 * The checksum of runs laid end to end: the first is moved over the second by multiplying it with x^(8 × length).
 * @see https://github.com/madler/zlib/blob/master/crc32.c (crc32_combine)
 */
export function combineCrcs(algorithm: CrcAlgorithm, runs: readonly CheckedRun[]): string {
  const crc = CRCS[algorithm];
  // Parts have one or two sizes, and a power takes far longer than all else.
  const powers = new Map<number, bigint>();
  const combined = runs.reduce((sum, { checksum, size }) => {
    const power = powers.get(size) ?? powerOfX(BigInt(size) * 8n, crc);
    powers.set(size, power);
    return multiply(power, sum, crc) ^ BigInt(`0x${Buffer.from(checksum, 'base64').toString('hex')}`);
  }, 0n);
  return Buffer.from(combined.toString(16).padStart(Number(crc.width) / 4, '0'), 'hex').toString('base64');
}

/** a × b modulo the polynomial; the highest bit stands for x^0. */
function multiply(a: bigint, b: bigint, { width, polynomial }: Crc): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = 1n << (width - 1n); bit > 0n; bit >>= 1n) {
    if ((a & bit) !== 0n) product ^= shifted;
    shifted = (shifted & 1n) === 0n ? shifted >> 1n : (shifted >> 1n) ^ polynomial;
  }
  return product;
}

/** x to the n-th power modulo the polynomial, by squaring. */
function powerOfX(n: bigint, crc: Crc): bigint {
  let result = 1n << (crc.width - 1n);
  let square = 1n << (crc.width - 2n);
  for (let rest = n; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = multiply(square, result, crc);
    square = multiply(square, square, crc);
  }
  return result;
}
