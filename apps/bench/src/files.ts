import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Files for a page to pick: real ones, because a browser reads a Blob of its own memory in another way. They are holes
 * on the disk, so that reading them costs no disk; every byte is sent all the same.
 */
export async function makeFiles(folder: string, { count, size }: { count: number; size: number }): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const paths = Array.from({ length: count }, (_, index) => join(folder, `file-${index}.bin`));
  for (const path of paths) {
    await using file = await open(path, 'w');
    await file.truncate(size);
  }
  return paths;
}
