// Programs of another suite of Debian than the machine's own: unpacked into a folder, and run there by their own loader
// and C library, so they need nothing of the machine. Nothing is installed, and no source of packages is added to it.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';
const TRIPLET = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;

/**
 * Fetches packages with all that they need, from the mirror that the machine's own packages come from.
 * `cache` keeps what was downloaded from one run to the next.
 * @throws Error that says why this machine cannot.
 */
export async function unpackSuite(packages, { suite, folder, cache }) {
  if (!existsSync('/usr/bin/apt-get') || !existsSync(KEYS)) throw new Error('no packages of Debian here');
  const root = join(folder, 'root');
  const archives = join(cache, packages[0]);
  // Of its own: another call may be fetching at the same time.
  const state = join(archives, 'apt');
  for (const each of [root, join(archives, 'partial'), join(state, 'lists', 'partial')])
    await mkdir(each, { recursive: true });
  // An empty list of what is installed: all that a package needs is fetched, its C library too.
  await writeFile(join(state, 'status'), '');
  await writeFile(join(state, 'sources'), `deb [signed-by=${KEYS}] ${await mirror()} ${suite} main\n`);
  const settings = {
    'Dir::Etc::sourcelist': join(state, 'sources'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State': state,
    'Dir::State::lists': join(state, 'lists'),
    'Dir::State::status': join(state, 'status'),
    'Dir::Cache': state,
    'Dir::Cache::archives': archives,
    'Debug::NoLocking': '1',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const apt = (timeout, ...args) => run('apt-get', ['-q', ...options, ...args], { timeout, maxBuffer: 2 ** 26 });
  try {
    await apt(180_000, 'update');
    await apt(600_000, 'install', '--yes', '--download-only', '--no-install-recommends', ...packages);
  } catch (error) {
    throw new Error(`apt-get cannot fetch ${packages.join(', ')} of ${suite}: ${lastLine(error)}`);
  }
  const files = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
  for (const file of files) await run('dpkg', ['-x', join(archives, file), root]);

  const at = (...path) => join(root, 'usr', ...path);
  const libraries = [at('lib', TRIPLET), at('lib', TRIPLET, 'ceph')].join(':');
  const loader = at('lib', TRIPLET, process.arch === 'arm64' ? 'ld-linux-aarch64.so.1' : 'ld-linux-x86-64.so.2');
  return {
    root,
    env: {
      ...process.env,
      PATH: [at('bin'), at('sbin'), process.env.PATH].join(':'),
      PYTHONHOME: at(),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    versions: Object.fromEntries(packages.map((name) => [name, versionOf(name, files)])),
    /** What runs one of its programs. */
    command(name, ...args) {
      const places = name.startsWith('/') ? [join(root, name)] : [at('bin', name), at('sbin', name)];
      const program = places.find(existsSync);
      if (program === undefined) throw new Error(`${suite} has no ${name} in what was fetched`);
      const script = readFileSync(program, { encoding: 'latin1' }).startsWith('#!') ? [at('bin', 'python3')] : [];
      return [loader, '--library-path', libraries, ...script, program, ...args];
    },
  };
}

/** The address that the machine's own packages come from. */
async function mirror() {
  const targets = async () => {
    const format = '$(ORIGIN) $(LABEL) $(REPO_URI)';
    const { stdout } = await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
    return stdout.split('\n').find((line) => line.startsWith('Debian Debian '));
  };
  let line = await targets();
  if (line === undefined) {
    await run('apt-get', ['update', '-qq'], { timeout: 180_000 });
    line = await targets();
  }
  if (line === undefined) throw new Error("the machine's packages are not Debian's");
  return line.split(' ')[2];
}

/** Without epoch: `20.2.4+ds-2`. */
export function versionOf(name, files) {
  const file = files.find((each) => each.startsWith(`${name}_`));
  return decodeURIComponent(file?.split('_')[1] ?? '').replace(/^\d+:/, '');
}

const lastLine = (error) =>
  String(error.stderr || error.message || error)
    .trim()
    .split('\n')
    .at(-1)
    .replace(/https?:\/\/\S+/g, '…');
