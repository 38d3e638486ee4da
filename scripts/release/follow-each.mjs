// What each newcomer of a rehearsal finds: all packages in a registry on this machine, a store, a browser, and an empty folder.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { createMockS3 } from '@portage/mock-s3';
import { launchOptions } from '../browser.mjs';
import { environment, follow, has } from './newcomers.mjs';
import { pack, published } from './pack.mjs';
import { startRegistry } from './registry.mjs';

/**
 * Follows each newcomer whose name has one of the words `wanted`, or all of them where there is no word.
 * @returns what was seen of each that has stored its file. `process.exitCode` tells of the others.
 */
export async function followEach(newcomers, wanted) {
  const chosen = newcomers.filter(({ name }) => wanted.length === 0 || wanted.some((each) => name.includes(each)));
  if (chosen.length === 0)
    throw new Error(`None is called so. There are: ${newcomers.map(({ name }) => name).join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'portage-release-'));
  const registry = await startRegistry(join(folder, 'registry'));
  const store = await createMockS3({ buckets: ['deployed'] });
  const browser = await chromium.launch(launchOptions());
  const rows = [];
  try {
    const tarballs = join(folder, 'tarballs');
    mkdirSync(tarballs);
    for (const { folder: name } of published()) console.log(registry.publish(pack(name, tarballs)));
    const [{ accessKeyId, secretAccessKey }] = store.credentials;
    const deployed = {
      env: {
        NODE_ENV: 'production',
        S3_BUCKET: 'deployed',
        S3_ENDPOINT: store.endpoint,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        UPLOADS_SECRET: randomBytes(32).toString('hex'),
      },
      has: (sha256) => has(store, 'deployed', sha256),
    };
    for (const newcomer of chosen) {
      const own = mkdtempSync(join(folder, 'newcomer-'));
      try {
        const env = environment({ folder, own, registry });
        const seen = await follow(newcomer, { folder: own, browser, env, deployed });
        rows.push({ name: newcomer.name, ...seen });
        const told = [`${seen.commands} commands`, `${seen.minutes.toFixed(1)} minutes`, ...seen.versions].join(', ');
        console.log(`✓ ${newcomer.name}: ${told}`);
      } catch (error) {
        process.exitCode = 1;
        console.log(`✗ ${newcomer.name}: ${error.message}`);
      }
      rmSync(own, { recursive: true, force: true });
    }
  } finally {
    await browser.close();
    await store.close();
    await registry.close();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${rows.length} of ${chosen.length} have stored their files.`);
  return rows;
}
