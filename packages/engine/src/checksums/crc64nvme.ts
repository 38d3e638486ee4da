/**
 * CRC-64/NVME, the checksum that S3 keeps of whole objects. Those of parts are computed on their own, in any order, and joined
 * afterwards without their bytes.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */

import type { PartChecksum } from '../ports.ts';

/** Reflected polynomial, as the NVM Express specification has it. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n;

const ONES = 0xffffffffffffffffn;

/** Eight bytes are taken per step, from eight tables; each entry is held in two halves of 32 bits. */
const SLICES = 8;
const LOW = new Uint32Array(256 * SLICES);
const HIGH = new Uint32Array(256 * SLICES);
fillTables();

function fillTables(): void {
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ POLYNOMIAL : crc >> 1n;
    LOW[byte] = Number(crc & 0xffffffffn);
    HIGH[byte] = Number(crc >> 32n);
  }
  for (let index = 256; index < 256 * SLICES; index += 1) {
    const low = at(LOW, index - 256);
    const high = at(HIGH, index - 256);
    const byte = low & 255;
    LOW[index] = ((low >>> 8) | (high << 24)) ^ at(LOW, byte);
    HIGH[index] = (high >>> 8) ^ at(HIGH, byte);
  }
}

/** Indices are bounded by construction; a check for each byte would cost more than the checksum. */
function at(table: Uint32Array | Uint8Array, index: number): number {
  return table[index] as number;
}

/** The checksum of `bytes`, or of what `before` is the checksum of, followed by `bytes`. */
export function crc64nvme(bytes: Uint8Array, before = 0n): bigint {
  const start = before ^ ONES;
  let low = Number(start & 0xffffffffn) | 0;
  let high = Number(start >> 32n) | 0;
  const { length } = bytes;
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    const a = low ^ (at(bytes, i) | (at(bytes, i + 1) << 8) | (at(bytes, i + 2) << 16) | (at(bytes, i + 3) << 24));
    const b = high ^ (at(bytes, i + 4) | (at(bytes, i + 5) << 8) | (at(bytes, i + 6) << 16) | (at(bytes, i + 7) << 24));
    const i7 = 1792 + (a & 255);
    const i6 = 1536 + ((a >>> 8) & 255);
    const i5 = 1280 + ((a >>> 16) & 255);
    const i4 = 1024 + (a >>> 24);
    const i3 = 768 + (b & 255);
    const i2 = 512 + ((b >>> 8) & 255);
    const i1 = 256 + ((b >>> 16) & 255);
    const i0 = b >>> 24;
    low = at(LOW, i7) ^ at(LOW, i6) ^ at(LOW, i5) ^ at(LOW, i4) ^ at(LOW, i3) ^ at(LOW, i2) ^ at(LOW, i1) ^ at(LOW, i0);
    high =
      at(HIGH, i7) ^
      at(HIGH, i6) ^
      at(HIGH, i5) ^
      at(HIGH, i4) ^
      at(HIGH, i3) ^
      at(HIGH, i2) ^
      at(HIGH, i1) ^
      at(HIGH, i0);
  }
  for (; i < length; i += 1) {
    const byte = (low ^ at(bytes, i)) & 255;
    low = ((low >>> 8) | (high << 24)) ^ at(LOW, byte);
    high = (high >>> 8) ^ at(HIGH, byte);
  }
  return ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) ^ ONES;
}

/** The checksum of all parts one after the other. */
export function joinCrc64nvme(parts: Iterable<PartChecksum>): bigint {
  // All parts but the last have one length, so the costly factor is found once or twice.
  const factors = new Map<number, bigint>();
  let whole = 0n;
  for (const { checksum, length } of parts) {
    const factor = factors.get(length) ?? powerOfX(8 * length);
    factors.set(length, factor);
    whole = multiply(factor, whole) ^ checksum;
  }
  return whole;
}

/** Polynomials over GF(2), reflected: the highest bit is the factor of x⁰. */
const ONE = 1n << 63n;

/** The product of two polynomials, modulo the CRC's. */
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  let factor = b;
  for (let bit = ONE; bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ POLYNOMIAL : factor >> 1n;
  }
  return product;
}

/** x to the power of `exponent`, by squaring. */
function powerOfX(exponent: number): bigint {
  let result = ONE;
  let square = ONE >> 1n;
  for (let rest = BigInt(exponent); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(square, result);
    square = multiply(square, square);
  }
  return result;
}
