import type { RouteLimits } from './wire.ts';
import { MAX_FILES_PER_CREATE } from './wire-limits.ts';

/**
 * Limits as Uppy's `restrictions`, so that a file is refused before it is sent. A route that names no `maxFiles` takes 100 in
 * one call, and a page makes as many calls as it needs: there the number of files has no limit.
 */
export const toRestrictions = ({ accept, minSize, maxSize, maxFiles }: RouteLimits) => ({
  maxFileSize: maxSize,
  minFileSize: minSize,
  maxNumberOfFiles: maxFiles < MAX_FILES_PER_CREATE ? maxFiles : null,
  allowedFileTypes: accept.includes('*/*') ? null : accept,
});
