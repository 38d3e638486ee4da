import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(`${root}docs/security.md`, 'utf8');
const named = [...page.matchAll(/`([\w./-]+\.(?:test|spec)\.ts)` › (.+)$/gm)];

it('every promise of docs/security.md names tests that are there', () => {
  expect(named.length).toBeGreaterThan(40);
  const files = ['packages', 'apps']
    .flatMap((folder) => readdirSync(root + folder).map((each) => `${folder}/${each}`))
    .flatMap((folder) => ['src', 'tests'].map((part) => `${folder}/${part}`))
    .filter((folder) => existsSync(root + folder))
    .flatMap((folder) => readdirSync(root + folder, { recursive: true }).map((name) => `${folder}/${name}`));
  for (const [, path = '', title = ''] of named) {
    const found = files.filter((file) => file.endsWith(`/${path}`)).map((file) => readFileSync(root + file, 'utf8'));
    expect([path, title, found.some((source) => source.replaceAll('\\n', '').includes(title.trim()))]).toEqual([
      path,
      title,
      true,
    ]);
  }
});

it('every point of docs/security.md names a test, or says why not', () => {
  const points = page.split(/^- \*\*/m).slice(1);
  expect(points.length).toBeGreaterThan(40);
  for (const point of points) expect(point).toMatch(/` › |Not ours, |Bytes go from|Nothing is unpacked/);
});
