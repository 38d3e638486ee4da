/** The registry of components to copy and own, in short: `npm run test:registry` has shadcn's CLI copy them into a project. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const registry = JSON.parse(readFileSync(join(root, 'registry/registry.json'), 'utf8'));
interface Item {
  name: string;
  type: string;
  title: string;
  description: string;
  dependencies: string[];
  css: Record<string, Record<string, string>>;
  files: { path: string; type: string }[];
}
const items: Item[] = registry.items;

/** What is published. */
const PUBLIC = ['@portage/react', '@portage/react/crop', '@portage/react/style.css', 'react'];

/** Inside a package that has what they import. */
const copied = join(root, 'apps/e2e/.copied');
afterAll(() => rmSync(copied, { recursive: true, force: true }));

it('has what shadcn asks of a registry, and each of its files', () => {
  expect(registry).toMatchObject({ name: 'portage', homepage: expect.stringMatching(/^https:/) });
  const files = readdirSync(join(root, 'registry/items'));
  expect(items.flatMap((item) => item.files.map(({ path }) => path)).toSorted()).toEqual(
    files.map((name) => `items/${name}`).toSorted(),
  );
  for (const { type, title, description, dependencies } of items) {
    expect(type).toBe('registry:component');
    expect(dependencies.slice(0, 2)).toEqual(['@portage/react', '@uppy/core']);
    expect([title, description].every((text) => text.length > 0)).toBe(true);
  }
});

it('sets variables that the sheet reads, the same in every item', () => {
  const known = readFileSync(join(root, 'packages/react/src/style.css'), 'utf8');
  const [{ css }] = items as [Item];
  for (const item of items) expect(item.css).toEqual(css);
  const set = Object.values(css).flatMap((rule) => Object.keys(rule).filter((name) => name.startsWith('--')));
  expect(set.length).toBeGreaterThan(5);
  for (const name of set) expect(known).toMatch(new RegExp(`^ \\* {3}${name} `, 'm'));
});

it('has components of public parts, called like their item, which compile in Vite’s React template', {
  timeout: 60_000,
}, () => {
  mkdirSync(copied, { recursive: true });
  for (const { name, files } of items)
    for (const { path } of files) {
      const text = readFileSync(join(root, 'registry', path), 'utf8');
      const from = [...text.matchAll(/(?:from|import) '([^']+)';/g)].map(([, module]) => module);
      for (const module of from) expect(PUBLIC).toContain(module);
      const component = name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
      expect(text).toContain(`export function ${component}(`);
      writeFileSync(join(copied, basename(path)), text);
    }
  // As `create-vite` 9.3.0 writes them.
  const compilerOptions = {
    ...{ target: 'es2023', lib: ['ES2023', 'DOM'], module: 'esnext', types: ['vite/client'], skipLibCheck: true },
    ...{ moduleResolution: 'bundler', verbatimModuleSyntax: true, noEmit: true, jsx: 'react-jsx', strict: true },
    ...{ noUnusedLocals: true, noUnusedParameters: true, erasableSyntaxOnly: true },
  };
  writeFileSync(join(copied, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.tsx'] }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  expect(spawnSync(process.execPath, [tsc, '--project', copied], { encoding: 'utf8' }).stdout).toBe('');
});
