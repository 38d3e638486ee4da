/** The lint rules that keep the floors apart do fire: each line is put into a tree of its own and linted. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tree = mkdtempSync(join(tmpdir(), 'portage-lint-'));

beforeAll(() => {
  cpSync(join(root, 'biome.json'), join(tree, 'biome.json'));
  mkdirSync(join(tree, 'scripts'));
  cpSync(join(root, 'scripts/lint'), join(tree, 'scripts/lint'), { recursive: true });
});
afterAll(() => rmSync(tree, { recursive: true }));

function lint(floor: string, code: string): string {
  const folder = join(tree, 'packages', floor, 'src');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'example.ts'), `${code}\n`);
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--vcs-enabled=false', `packages/${floor}/src/example.ts`];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
  return stdout + stderr;
}

it.each([
  ['protocol', "import '@portage/engine';", 'floor 0'],
  ['mock-s3', "import '@portage/server';", 'floor 0'],
  ['server', "import '@portage/engine';", 'floor 0'],
  ['engine', "import '@portage/uppy';", 'floor 1'],
  ['engine', "import 'node:fs';", 'floor 1'],
  ['uppy', "import '@portage/react';", 'floor 2'],
  ['react', "import '@portage/engine';", 'floor 3'],
  ['engine', 'export const a = Math.random();', 'Random port'],
  ['engine', 'export const a = Date.now();', 'Clock port'],
  ['engine', 'setTimeout(() => {}, 1);', 'Clock port'],
  ['engine', 'export const a = document.title;', 'no DOM'],
  ['protocol', "export const a = fetch('/');", 'Transport port'],
])('%s may not hold: %s', (floor, code, message) => {
  expect(lint(floor, code)).toContain(message);
});

it('an import that goes down is let through', () => {
  expect(lint('uppy', "import '@portage/engine';")).not.toContain('floor');
});
