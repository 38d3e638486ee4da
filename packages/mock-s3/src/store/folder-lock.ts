import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that this process holds. */
const held = new Set<string>();

/** Another process, or another store of this one, uses the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Takes a data folder for this process: two stores would sweep away each other's half-written files. The lock of a
 * process that was killed is taken over.
 * @param folder - Must exist; absolute.
 * @returns Gives the folder back.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'mock-s3.pid');
  if (held.has(folder)) throw new FolderInUse('another store of this process uses it');
  held.add(folder);
  try {
    const owner = await ownerOf(path);
    if (owner !== undefined) {
      throw new FolderInUse(`process ${owner} uses it; if that is no mock S3, delete ${path}`);
    }
    await rm(path, { force: true });
    await writeFile(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    held.delete(folder);
    throw error;
  }
  return async () => {
    await rm(path, { force: true });
    held.delete(folder);
  };
}

/** The living process, other than this one, that holds the lock. */
async function ownerOf(path: string): Promise<number | undefined> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  return pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
