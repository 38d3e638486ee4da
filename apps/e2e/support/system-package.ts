/** Programs from Debian's packages, unpacked into a folder of their own: nothing is installed, and nothing is started. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/portage-packages', import.meta.url));

/** The folder with the package's files, as they would lie below `/`; undefined where this machine has no such packages. */
export async function systemPackage(name: string): Promise<string | undefined> {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  const work = await mkdtemp(join(tmpdir(), 'portage-package-'));
  try {
    await download(name, work);
    const [file] = (await readdir(work)).filter((each) => each.endsWith('.deb'));
    if (!file) return undefined;
    await run('dpkg', ['-x', join(work, file), join(work, 'root')]);
    await mkdir(CACHE, { recursive: true });
    // Another worker may have been faster.
    await rename(join(work, 'root'), folder).catch(() => {});
    return folder;
  } catch (error) {
    console.log(`${name} cannot be had from the system's packages: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(name: string, cwd: string): Promise<void> {
  const get = () => run('apt-get', ['download', '-qq', name], { cwd, timeout: 60_000 });
  try {
    await get();
  } catch {
    // A fresh machine knows of no packages yet.
    await run('apt-get', ['update', '-qq'], { timeout: 120_000 });
    await get();
  }
}
