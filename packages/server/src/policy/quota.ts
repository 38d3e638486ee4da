import { UploadsError } from '../errors.ts';
import { formatBytes } from './check-file.ts';

/** What a user may still store, shared by the files of one call. */
export interface Quota {
  /** @throws UploadsError `quota-exceeded`. */
  take(bytes: number): void;
}

/** @param left In bytes. */
export function createQuota(left: number): Quota {
  return {
    take(bytes) {
      if (bytes > left)
        throw new UploadsError({
          code: 'quota-exceeded',
          message: `The file is ${formatBytes(bytes)}, but there is room for only ${formatBytes(Math.max(0, left))}.`,
          hint: 'Remove some files first, or choose a smaller one.',
        });
      left -= bytes;
    },
  };
}
