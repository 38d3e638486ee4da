import type { Session } from './vocabulary.ts';

/** How an upload's parts are summed up; undefined where nobody looks at it. */
export function algorithmOf({ checksum }: Session): 'CRC64NVME' | 'MD5' | undefined {
  return checksum === 'ETag' ? 'MD5' : checksum;
}
