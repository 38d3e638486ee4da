// Runs the upload server of docs/runtimes.md on Bun and Deno, as it is printed there but for its port, and uploads to it: a small
// file, and one in parts. npm's packages `bun` and `deno` carry the binaries. Run by `npm run test:runtimes`.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockS3 } from '@portage/mock-s3';
import { pack, root } from '../../../scripts/release/pack.mjs';
import { recipeOf } from '../../../scripts/release/recipes.mjs';
import { freePort } from '../../../scripts/release/registry.mjs';
import { answering, upload } from './upload.mjs';

const MiB = 1024 * 1024;
const RUNTIMES = { Bun: { bun: '1.4.5' }, Deno: { deno: '2.9.6' } };

const docs = readFileSync(join(root, 'docs/runtimes.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'portage-runtimes-'));
const store = await createMockS3({ buckets: ['examples'] });
const [{ accessKeyId, secretAccessKey }] = store.credentials;
try {
  const manifest = {
    private: true,
    type: 'module',
    dependencies: {
      ...Object.assign({}, ...Object.values(RUNTIMES)),
      '@portage/server': `file:${pack('server', folder)}`,
    },
    overrides: { '@portage/protocol': `file:${pack('protocol', folder)}` },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  if (npm.status !== 0) throw new Error('The runtimes could not be installed; see above.');
  for (const [name, packages] of Object.entries(RUNTIMES)) await tryOut(name, Object.entries(packages)[0].join(' '));
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

async function tryOut(heading, version) {
  const { files, starts } = recipeOf(docs, heading);
  const port = String(await freePort());
  const at = join(folder, heading);
  mkdirSync(at);
  for (const [path, content] of files) writeFileSync(join(at, path), content.replaceAll('3000', port));
  const [command, ...args] = starts[0].split(' ');
  const child = spawn(join(folder, 'node_modules/.bin', command), args, {
    cwd: at,
    stdio: 'inherit',
    env: {
      ...process.env,
      S3_BUCKET: 'examples',
      S3_ENDPOINT: store.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      UPLOADS_SECRET: randomBytes(32).toString('hex'),
    },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const base = `http://127.0.0.1:${port}/api/uploads`;
    await answering(`${base}/readyz`);
    for (const size of [100, 20 * MiB]) {
      const { key, sha256, parts } = await upload(base, size, 8 * MiB);
      if ((await store.sha256('examples', key)) !== sha256) throw new Error(`${version}: other bytes are stored`);
      console.log(`✓ ${version}: ${size} bytes in ${parts} part${parts === 1 ? '' : 's'}, stored byte for byte.`);
    }
  } finally {
    child.kill();
    await ended;
  }
}
