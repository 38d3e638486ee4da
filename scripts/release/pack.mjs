// The packages that are published, packed as they would be.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { pnpm } from '../pnpm.mjs';

export const root = join(import.meta.dirname, '../..');

/** Every package that is not private: its folder below `packages`, where that is, and its manifest. */
export const published = () =>
  readdirSync(join(root, 'packages'))
    .map((folder) => ({ folder, dir: join(root, 'packages', folder) }))
    .map((each) => ({ ...each, manifest: JSON.parse(readFileSync(join(each.dir, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private);

/**
 * A README as npm shows it, where there is no repository around: links lead to the sources, where `repository` says where those
 * are; else the name of what is meant stands there instead, a package by its own and a file by its path.
 */
export function readmeForNpm(text, folder, repository) {
  const sources = /github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(repository?.url ?? repository ?? '')?.[1];
  return text.replace(/(?<!!)\[((?:[^\][]|\[[^\][]*\])*)\]\(((?!#|[a-z]+:)[^()\s]+)\)/gi, (_, words, target) => {
    const [path, anchor] = target.split('#');
    const inside = posix.join('packages', folder, path);
    if (sources) return `[${words}](https://github.com/${sources}/blob/HEAD/${inside}${anchor ? `#${anchor}` : ''})`;
    const own = /^packages\/(\w+)\/README\.md$/.exec(inside)?.[1];
    const named = own && JSON.parse(readFileSync(join(root, 'packages', own, 'package.json'), 'utf8')).name;
    const isNamed = [named, inside, path].some((name) => name && words.replaceAll('`', '').includes(name));
    return isNamed ? words : `${words} (\`${named ?? inside}\`)`;
  });
}

/** Packs the package in `packages/{folder}` into the folder `to`; returns the path of its tarball. */
export function pack(folder, to) {
  const dir = join(root, 'packages', folder);
  if (pnpm('--dir', dir, '--silent', 'pack', '--pack-destination', to) !== 0)
    throw new Error(`${folder} was not packed`);
  const { name, repository } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  const start = `${name.replace('@', '').replace('/', '-')}-`;
  const file = join(
    to,
    readdirSync(to).find((each) => each.startsWith(start)),
  );
  const unpacked = mkdtempSync(join(tmpdir(), 'portage-packed-'));
  try {
    tar('-xzf', file, '-C', unpacked);
    const readme = join(unpacked, 'package/README.md');
    if (!existsSync(readme)) throw new Error(`${folder} has no README.`);
    writeFileSync(readme, readmeForNpm(readFileSync(readme, 'utf8'), folder, repository));
    tar('-czf', file, '-C', unpacked, 'package');
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
  return file;
}

function tar(...args) {
  const { status, stderr } = spawnSync('tar', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tar ${args.join(' ')}: ${stderr}`);
}
