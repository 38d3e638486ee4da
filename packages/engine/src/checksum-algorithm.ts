import type { Session } from './vocabulary.ts';

/** The algorithm of an upload's part checksums; undefined where nobody looks at them. */
export function algorithmOf({ checksum }: Session): 'CRC64NVME' | 'MD5' | undefined {
  return checksum === 'ETag' ? 'MD5' : checksum;
}
