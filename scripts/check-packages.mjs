// Packs every package as it would be published, and has two judges look at it: publint (are its files and entries right?)
// and "are the types wrong" (does TypeScript find the types of every entry?). Run by `npm run check:packages`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pack, published, root } from './release/pack.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'portage-packages-'));
const failed = [];

/** Every package is ESM alone, so how CommonJS would resolve it does not matter. Styles have no types. */
const judges = (file, { bin: command, exports }) => [
  [bin('publint'), ['run', file, '--strict', '--level', 'warning']],
  // A command alone has no types.
  ...(command && !('.' in exports)
    ? []
    : [
        [
          bin('attw'),
          [
            file,
            '--profile',
            'esm-only',
            '--format',
            'table-flipped',
            '--exclude-entrypoints',
            'style.css',
            'diagnostics.css',
          ],
        ],
      ]),
];

/** What is missing in the packed files: the README, the licence, sources behind the maps … */
function lacking(file) {
  const unpacked = mkdtempSync(join(folder, 'unpacked-'));
  spawnSync('tar', ['-xzf', file, '-C', unpacked, '--strip-components', '1']);
  const names = readdirSync(unpacked, { recursive: true });
  const json = (name) => JSON.parse(readFileSync(join(unpacked, name), 'utf8'));
  const files = ['README.md', 'LICENSE', 'CHANGELOG.md'].filter((name) => !names.includes(name));
  const { keywords = [], publishConfig, dependencies = {} } = json('package.json');
  // An exact version makes a second copy as soon as the app has a newer one.
  const pinned = Object.entries(dependencies).filter(
    ([name, range]) => /^\d/.test(range) && !name.startsWith('@portage/'),
  );
  const blind = names
    .filter((name) => name.endsWith('.map'))
    .filter((name) => {
      const { sources, sourcesContent = [] } = json(name);
      const isThere = (path) => names.includes(join(dirname(name), path));
      return !sources.every((path, index) => sourcesContent[index] || isThere(path));
    });
  const unmapped = names.filter((name) => /^dist\/.*\.js$/.test(name) && !names.includes(`${name}.map`));
  // `rewriteRelativeImportExtensions` puts a call around the address, and some bundlers look for the comment before that alone.
  const hidden = names
    .filter((name) => name.endsWith('.js'))
    .filter((name) => /import\(\w+\(\s*\/\*.*Ignore/.test(readFileSync(join(unpacked, name), 'utf8')));
  return [
    ...files,
    ...(keywords.length > 0 ? [] : ['keywords']),
    ...blind.map((name) => `sources in ${name}`),
    ...unmapped.map((name) => `a map for ${name}`),
    ...hidden.map((name) => `an import in ${name} that bundlers leave alone`),
    ...(publishConfig?.access === 'public' && publishConfig.provenance === true ? [] : ['access and provenance']),
    ...pinned.map(([name]) => `a range for ${name}`),
  ];
}

try {
  for (const { folder: name, manifest } of published()) {
    const file = pack(name, folder);
    const lacks = lacking(file);
    if (lacks.length > 0) {
      failed.push(name);
      console.log(`${name} lacks: ${lacks.join(', ')}`);
    }
    for (const [command, args] of judges(file, manifest)) {
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
