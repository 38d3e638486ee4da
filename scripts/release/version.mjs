// Makes of the changesets in `.changeset` the next version of every package, and its CHANGELOG. Run by `npm run release:version`.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { published, root } from './pack.mjs';

// Fetched when it is needed, as pnpm is: it would bring seventy packages into every installation. The last one for Node 20.
const args = ['exec', '--yes', '--package=@changesets/cli@2.31.1', '--', 'changeset', ...process.argv.slice(2)];
const { status } = spawnSync('npm', args, { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// The plugin tells its version in diagnostics; a test compares the two.
const { manifest } = published().find(({ folder }) => folder === 'uppy');
const path = join(root, 'packages/uppy/src/diagnostics/version.ts');
writeFileSync(path, readFileSync(path, 'utf8').replace(/(?<=VERSION = ').*(?=')/, manifest.version));
