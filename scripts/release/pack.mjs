// The packages that are published, packed as they would be.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pnpm } from '../pnpm.mjs';

export const root = join(import.meta.dirname, '../..');

/** Every package that is not private: its folder below `packages`, where that is, and its manifest. */
export const published = () =>
  readdirSync(join(root, 'packages'))
    .map((folder) => ({ folder, dir: join(root, 'packages', folder) }))
    .map((each) => ({ ...each, manifest: JSON.parse(readFileSync(join(each.dir, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private);

/** Packs the package in `packages/{folder}` into the folder `to`; returns the path of its tarball. */
export function pack(folder, to) {
  const dir = join(root, 'packages', folder);
  if (pnpm('--dir', dir, '--silent', 'pack', '--pack-destination', to) !== 0)
    throw new Error(`${folder} was not packed`);
  const { name } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  const start = `${name.replace('@', '').replace('/', '-')}-`;
  return join(
    to,
    readdirSync(to).find((file) => file.startsWith(start)),
  );
}
