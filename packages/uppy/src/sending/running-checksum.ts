/** Checksums of bytes that come piece by piece. */
import { md5 } from '@noble/hashes/legacy.js';
import type { Checksums } from '@portage/engine';
import { crc64nvme, joinCrc64nvme } from '@portage/engine/crc64nvme';

export type Algorithm = Parameters<Checksums<Blob>['of']>[1];

/** A checksum of pieces, in their order. */
export interface RunningChecksum {
  add(piece: Uint8Array): void;
  value(): bigint;
}

export function startChecksum(algorithm: Algorithm): RunningChecksum {
  if (algorithm === 'CRC64NVME') {
    let crc = 0n;
    const add = (piece: Uint8Array) => {
      crc = crc64nvme(piece, crc);
    };
    return { add, value: () => crc };
  }
  const hash = md5.create();
  return {
    add: (piece) => void hash.update(piece),
    value: () => hash.digest().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n),
  };
}

export function joinChecksums(parts: Parameters<Checksums<Blob>['join']>[0], algorithm: Algorithm): bigint {
  if (algorithm === 'CRC64NVME') return joinCrc64nvme(parts);
  const all = startChecksum('MD5');
  for (const { checksum } of parts) all.add(bytesOf(checksum));
  return all.value();
}

function bytesOf(md5: bigint): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, index) => Number((md5 >> BigInt(8 * (15 - index))) & 255n));
}
