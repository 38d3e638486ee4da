// Builds and starts the Next.js example as a user would have it: with the packed packages, outside of this workspace;
// then uploads 20 MiB to it; and once more with a `basePath` and `trailingSlash`. Takes some minutes and 200 MB, so it is no unit test. Run by `npm run test:nextjs`.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockS3 } from '@portage/mock-s3';
import { pack } from '../../../scripts/release/pack.mjs';
import { freePort } from '../../../scripts/release/registry.mjs';
import { answering, upload } from './upload.mjs';

const MiB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'portage-nextjs-'));
const run = (command, ...args) => {
  const { status } = spawnSync(command, args, { cwd: folder, stdio: 'inherit', env: quiet });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
};
const quiet = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

const store = await createMockS3({ buckets: ['examples'] });
let next;
try {
  cpSync(join(import.meta.dirname, '../nextjs'), folder, { recursive: true });
  const packageFile = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(packageFile, 'utf8'));
  manifest.dependencies['@portage/server'] = `file:${pack('server', folder)}`;
  manifest.overrides = { '@portage/protocol': `file:${pack('protocol', folder)}` };
  writeFileSync(packageFile, JSON.stringify(manifest));
  run('npm', 'install', '--no-audit', '--no-fund');
  await tryOut('', '');
  // Next takes its own `basePath` off before it calls a handler: that of the server stays what it is.
  writeFileSync(join(folder, 'next.config.mjs'), "export default { basePath: '/app', trailingSlash: true };\n");
  await tryOut('/app', ' with basePath and trailingSlash');
} finally {
  next?.kill();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Builds, starts, and uploads. */
async function tryOut(basePath, how) {
  run('npx', 'next', 'build');
  const port = await freePort();
  const [{ accessKeyId, secretAccessKey }] = store.credentials;
  next = spawn(process.execPath, [join(folder, 'node_modules/next/dist/bin/next'), 'start', '-p', String(port)], {
    cwd: folder,
    stdio: 'inherit',
    env: {
      ...quiet,
      S3_BUCKET: 'examples',
      S3_ENDPOINT: store.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      UPLOADS_SECRET: randomBytes(32).toString('hex'),
    },
  });
  const base = `http://127.0.0.1:${port}${basePath}/api/uploads`;
  await answering(`${base}/healthz`);
  const { key, sha256 } = await upload(base, 20 * MiB, 8 * MiB);
  if ((await store.sha256('examples', key)) !== sha256) throw new Error('the stored bytes differ');
  console.log(`Next.js${how}: 20 MiB uploaded, stored byte for byte.`);
  next.kill();
  await new Promise((resolve) => next.once('exit', resolve));
}
