/** TanStack Query's keys of everything here, so that an app can invalidate, prefetch and set it. */
export const uploadKeys = {
  /** Of all that follows. */
  all: ['portage'] as const,
  /** Of the lists of stored files. */
  storedFiles: ['portage', 'stored-files'] as const,
  /** Of the processing of stored files. */
  processing: ['portage', 'processing'] as const,
};

/** Of the list of one route. */
export function storedFilesKey(route: string): readonly [...typeof uploadKeys.storedFiles, string] {
  return [...uploadKeys.storedFiles, route];
}
