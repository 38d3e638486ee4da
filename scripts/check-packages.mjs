// Packs every package as it would be published, and has two judges look at it: publint (are its files and entries right?)
// and "are the types wrong" (does TypeScript find the types of every entry?). Run by `npm run check:packages`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pnpm } from './pnpm.mjs';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'portage-packages-'));
const failed = [];

/** Every package is ESM alone, so how CommonJS would resolve it does not matter. Styles have no types. */
const judges = (file) => [
  [bin('publint'), ['run', file, '--strict', '--level', 'warning']],
  [bin('attw'), [file, '--profile', 'esm-only', '--format', 'table-flipped', '--exclude-entrypoints', 'style.css']],
];

/** What a reader of the packed files would miss: the README, the licence, sources behind the maps. */
function lacking(file) {
  const tar = (...args) => spawnSync('tar', [...args], { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 }).stdout;
  const names = tar('-tzf', file).split('\n');
  const files = ['README.md', 'LICENSE'].filter((name) => !names.includes(`package/${name}`));
  const { keywords = [] } = JSON.parse(tar('-xzOf', file, 'package/package.json'));
  const map = names.find((name) => name.endsWith('.js.map'));
  const hasSources = map === undefined || JSON.parse(tar('-xzOf', file, map)).sourcesContent?.length > 0;
  return [...files, ...(keywords.length > 0 ? [] : ['keywords']), ...(hasSources ? [] : ['sources in its maps'])];
}

try {
  for (const name of readdirSync(join(root, 'packages'))) {
    const dir = join(root, 'packages', name);
    const { private: isPrivate } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    if (isPrivate) continue;
    if (pnpm('--dir', dir, '--silent', 'pack', '--pack-destination', folder) !== 0)
      throw new Error(`${name} was not packed`);
    const packed = readdirSync(folder).find((file) => file.startsWith(`portage-${name}-`));
    const lacks = lacking(join(folder, packed));
    if (lacks.length > 0) {
      failed.push(name);
      console.log(`${name} lacks: ${lacks.join(', ')}`);
    }
    for (const [command, args] of judges(join(folder, packed))) {
      const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
      if (status === 0) continue;
      failed.push(name);
      console.log(`${name}:\n${stdout}${stderr}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  failed.length === 0 ? 'All packages are fit to be published.' : `Look at: ${[...new Set(failed)].join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
