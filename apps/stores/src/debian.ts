/** Programs of Debian's packages, unpacked into a folder: nothing is installed, and no service is started by it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
// biome-ignore lint/correctness/useImportExtensions: it takes the file of types for the module.
import { type Suite, unpackSuite, versionOf } from '../../../scripts/debian-suite.mjs';

export type { Suite };

const run = promisify(execFile);

/** Where packages are kept from one run to the next. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/portage-stores', import.meta.url));

/**
 * Unpacks packages, and those that they need and the machine has not. Those of another suite come with all that they need.
 * @throws Error that says why this machine cannot.
 */
export async function unpack(packages: readonly string[], folder: string, suite?: string): Promise<Suite> {
  if (suite !== undefined) return unpackSuite(packages, { suite, folder, cache: join(CACHE, suite) });
  if (!existsSync('/usr/bin/apt-get')) throw new Error('no packages of Debian here');
  const root = join(folder, 'root');
  const archives = join(CACHE, packages[0] ?? '');
  await mkdir(join(archives, 'partial'), { recursive: true });
  await mkdir(root, { recursive: true });
  const download = () =>
    run('apt-get', [
      ...['install', '--yes', '--download-only', '--reinstall', '--no-install-recommends'],
      ...['-o', `Dir::Cache::archives=${archives}`, '-o', 'Debug::NoLocking=1', ...packages],
    ]);
  try {
    await download().catch(async () => {
      await run('apt-get', ['update', '-qq']);
      await download();
    });
  } catch (error) {
    throw new Error(`apt-get cannot fetch ${packages.join(', ')}: ${lastLine(error)}`);
  }
  const files = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
  for (const file of files) await run('dpkg', ['-x', join(archives, file), root]);

  const at = (...paths: string[]) => paths.map((path) => join(root, path)).join(':');
  const triplet = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  const libraries = at(`lib/${triplet}`, `usr/lib/${triplet}`, `usr/lib/${triplet}/ceph`);
  return {
    root,
    env: {
      ...process.env,
      PATH: `${at('usr/bin', 'usr/sbin', 'sbin')}:${process.env['PATH']}`,
      LD_LIBRARY_PATH: libraries,
      PYTHONPATH: at('usr/lib/python3/dist-packages'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    versions: Object.fromEntries(packages.map((name) => [name, versionOf(name, files)])),
    command: (name, ...args) => [name, ...args],
  };
}

const lastLine = (error: unknown) =>
  String((error as { stderr?: string }).stderr ?? error)
    .trim()
    .split('\n')
    .at(-1);
