/** What is loaded to sum up bytes: beside the page's code, since nothing waits for it at first. */
import { md5 } from '@noble/hashes/legacy.js';
import type { Digests } from '@portage/engine';
import { crc64nvme, joinCrc64nvme } from '@portage/engine/crc64nvme';

export type Algorithm = Parameters<Digests<Blob>['sum']>[1];

/** Sums up pieces in their order. */
export interface Sum {
  add(piece: Uint8Array): void;
  value(): bigint;
}

export function startSum(algorithm: Algorithm): Sum {
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

export function joinSums(parts: Parameters<Digests<Blob>['join']>[0], algorithm: Algorithm): bigint {
  if (algorithm === 'CRC64NVME') return joinCrc64nvme(parts);
  const all = startSum('MD5');
  for (const { sum } of parts) all.add(bytesOf(sum));
  return all.value();
}

function bytesOf(md5: bigint): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, index) => Number((md5 >> BigInt(8 * (15 - index))) & 255n));
}
