// Rehearses a release: publishes all packages to a registry on this machine, and from there does what newcomers do, outside of
// this repository. Run by `npm run release:rehearse`, some of them by `-- Next Hono`; takes half an hour.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { createMockS3 } from '@portage/mock-s3';
import { launchOptions } from '../browser.mjs';
import { environment, follow, has, NEWCOMERS } from './newcomers.mjs';
import { pack, published, root } from './pack.mjs';
import { startRegistry } from './registry.mjs';

const wanted = process.argv.slice(2);
const newcomers = NEWCOMERS.filter(({ name }) => wanted.length === 0 || wanted.some((each) => name.includes(each)));
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
  for (const newcomer of newcomers) {
    const own = mkdtempSync(join(folder, 'newcomer-'));
    try {
      const seen = await follow(newcomer, {
        folder: own,
        browser,
        env: environment({ folder, own, registry }),
        deployed,
      });
      rows.push({ name: newcomer.name, ...seen });
      console.log(`✓ ${newcomer.name}: ${seen.commands} commands, ${seen.minutes.toFixed(1)} minutes`);
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
const HEAD = [
  '| From an empty folder to a stored file | Commands | Files pasted | Minutes |',
  '| --- | --- | --- | --- |',
];
const lines = new Map(
  rows.map(({ name, commands, files, minutes }) => [
    name,
    `| ${name} | ${commands} | ${files} | ${minutes.toFixed(1)} |`,
  ]),
);
console.log(
  `\n${[...HEAD, ...lines.values()].join('\n')}\n\n${rows.length} of ${newcomers.length} have stored their files.`,
);
if (process.env.RELEASE_WRITE === '1' && process.exitCode === undefined) {
  const path = join(root, 'docs/first-upload.md');
  const text = readFileSync(path, 'utf8');
  const marked = /(?<=<!-- newcomers -->\n).*(?=<!-- \/newcomers -->)/s;
  // Who was passed over this time keeps the line of the last time.
  const before = marked.exec(text)[0].split('\n');
  const kept = (name) => before.find((line) => line.startsWith(`| ${name} `));
  const all = NEWCOMERS.flatMap(({ name }) => lines.get(name) ?? kept(name) ?? []);
  writeFileSync(
    path,
    text.replace(marked, () => `\n${[...HEAD, ...all].join('\n')}\n\n`),
  );
}
