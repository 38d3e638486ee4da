/** better-upload 3 with its defaults: parts of 50 MB for one large file, whole files where there are many. */
import { uploadFiles } from '@better-upload/client';
import type { Adapter } from '../adapter.ts';

const MB = 1_000_000;

export const upload: Adapter = async ({ files }) => {
  const route = files.some(({ size }) => size > 5 * MB) ? 'parts' : 'whole';
  return async () => {
    const { failedFiles } = await uploadFiles({ api: '/api/better-upload', route, files: [...files] });
    if (failedFiles.length > 0)
      throw new Error(`${failedFiles.length} files failed; the first: ${failedFiles[0]?.error.message}`);
  };
};
