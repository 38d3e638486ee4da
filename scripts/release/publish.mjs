// Publishes every package whose version is not in npm's registry yet. Run by `npm run release`, in a CI that can say where the
// packages come from: `publishConfig.provenance` of each asks for that.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, published } from './pack.mjs';

const run = (...args) => spawnSync('npm', args, { encoding: 'utf8' });
const all = published();

const homeless = all.filter(({ manifest }) => manifest.repository === undefined).map(({ manifest }) => manifest.name);
if (homeless.length > 0) {
  console.error(
    `Nothing was published: ${homeless.join(', ')} do not say in \`repository\` where their sources are. npm compares that ` +
      'with what the CI says, and refuses a package without it. Add it to each package.json, with its `directory`.',
  );
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'portage-publish-'));
try {
  for (const { folder: name, manifest } of all) {
    const id = `${manifest.name}@${manifest.version}`;
    if (run('view', id, 'version').stdout.trim() === manifest.version) {
      console.log(`${id} is published already.`);
      continue;
    }
    const { status, stderr } = run('publish', pack(name, folder));
    if (status !== 0) throw new Error(`${id} was not published:\n${stderr}`);
    console.log(`${id} is published.`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
