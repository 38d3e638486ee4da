/** Every TypeScript snippet in the documentation compiles against the packages as they are. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside a package that depends on all that snippets import.
const folder = join(root, 'apps/e2e/.snippets');

function documents(): string[] {
  const docs = readdirSync(join(root, 'docs'))
    // Compiled as its templates do by first-upload.test.ts; run on other runtimes than Node by `npm run test:runtimes`; compiled
    // and run by apps/examples/src/deployment.test.ts.
    .filter((name) => !['first-upload.md', 'runtimes.md', 'deployment.md'].includes(name))
    .map((name) => join('docs', name));
  const packages = readdirSync(join(root, 'packages'))
    // Their own tests run their snippets, which is more.
    .filter((name) => name !== 'server' && name !== 'testing')
    .map((name) => join('packages', name, 'README.md'));
  const guides = readdirSync(join(root, 'packages/react/docs'))
    // Run as printed by packages/testing/app.
    .filter((name) => name !== 'testing.mdx')
    .map((name) => join('packages/react/docs', name));
  const all = ['README.md', 'CONTRIBUTING.md', ...docs, ...packages, ...guides];
  return all.filter((path) => /\.mdx?$/.test(path));
}

function snippetsOf(path: string): { code: string; extension: string; line: number }[] {
  let text: string;
  try {
    text = readFileSync(join(root, path), 'utf8');
  } catch {
    return [];
  }
  return [...text.matchAll(/^```(tsx?)\n(.*?)^```/gms)].map(({ 1: extension = '', 2: code = '', index }) => ({
    code,
    extension,
    line: text.slice(0, index).split('\n').length,
  }));
}

it('compiles', () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const config = { extends: '../../../tsconfig.tests.json', include: ['*.ts', '*.tsx'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const snippets = documents().flatMap((path) => snippetsOf(path).map((snippet) => ({ path, ...snippet })));
  expect(snippets.length).toBeGreaterThan(3);
  for (const { path, code, extension, line } of snippets) {
    // One that says its own name is imported by others.
    const [, own] = /^\/\/ (\w+\.tsx?)\n/.exec(code) ?? [];
    const name = own ?? `${path.replaceAll(/[/.]/g, '-')}-line-${line}.${extension}`;
    writeFileSync(join(folder, name), `${code}\nexport {};\n`);
  }
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--project', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
}, 60_000);
