/** Programs of Debian's packages, unpacked into a folder: nothing is installed, and no service is started by it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where packages are kept from one run to the next. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/portage-stores', import.meta.url));

export interface Unpacked {
  /** Where the packages lie, as below `/`. */
  readonly root: string;
  /** For their programs: where they find each other, and their libraries. */
  readonly env: NodeJS.ProcessEnv;
  /** By the names of the packages that were asked for. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Unpacks packages, and those that they need and the machine has not.
 * @throws Error that says why this machine cannot.
 */
export async function unpack(packages: readonly string[], folder: string): Promise<Unpacked> {
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
  const versionOf = (name: string) => {
    const file = files.find((each) => each.startsWith(`${name}_`));
    return decodeURIComponent(file?.split('_')[1] ?? '').replace(/^\d+:/, '');
  };
  return {
    root,
    env: {
      ...process.env,
      PATH: `${at('usr/bin', 'usr/sbin', 'sbin')}:${process.env['PATH']}`,
      LD_LIBRARY_PATH: libraries,
      PYTHONPATH: at('usr/lib/python3/dist-packages'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    versions: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
  };
}

const lastLine = (error: unknown) =>
  String((error as { stderr?: string }).stderr ?? error)
    .trim()
    .split('\n')
    .at(-1);
