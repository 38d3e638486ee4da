import { createHash } from 'node:crypto';
import { createCRC32, createCRC64, type IHasher } from 'hash-wasm';
import type { ChecksumAlgorithm } from './algorithm.ts';

/** Computes one checksum over bytes as they come. */
export interface Hasher {
  update(bytes: Buffer): void;
  /** Base64. To be called once. */
  digest(): string;
}

/** Castagnoli's polynomial, reversed. @see https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4 */
const CRC32C = 0x82f63b78;

/** NVMe's polynomial, reversed. @see https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme */
const CRC64NVME = '9a6c9329ac4bc9b5';

/** Begins a checksum. */
export async function createHasher(algorithm: ChecksumAlgorithm): Promise<Hasher> {
  switch (algorithm) {
    case 'CRC32':
      return fromWasm(await createCRC32());
    case 'CRC32C':
      return fromWasm(await createCRC32(CRC32C));
    case 'CRC64NVME':
      return fromWasm(await createCRC64(CRC64NVME));
    case 'SHA1':
    case 'SHA256': {
      const hash = createHash(algorithm);
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('base64') };
    }
  }
}

function fromWasm(hasher: IHasher): Hasher {
  hasher.init();
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => Buffer.from(hasher.digest('binary')).toString('base64'),
  };
}
