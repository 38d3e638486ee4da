import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { deadLinks, llmsText, pages } from './docs-site.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

it('has every guide and page of the documentation, each with a title', () => {
  const of = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((name) => /\.mdx?$/.test(name))
      .map((name) => `${folder}/${name}`);
  const sources = pages().map(({ source }) => source);
  expect(sources).toEqual(expect.arrayContaining([...of('docs'), ...of('packages/react/docs')]));
  expect(new Set(pages().map(({ path }) => path)).size).toBe(sources.length);
  for (const { title, source } of pages()) expect(title, source).not.toBe(source);
});

it('opens with a recording that is small', () => {
  const shown = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/(?:src|srcset)="([^"]+)"/g)];
  const bytes = shown.map(([, path = '']) => statSync(join(root, path)).size);
  expect(bytes).toHaveLength(2);
  for (const size of bytes) expect(size).toBeLessThan(400_000);
});

it('has no link that leads nowhere, to a page or to a heading', () => {
  expect(deadLinks(pages())).toEqual([]);
  const page = { section: '', source: 'docs/a.md', path: 'docs/a', title: 'A' };
  const text = '# A\n\n[a](b.md) [b](first-upload.md#next-js) [c](first-upload.md#nextjs) `[d](e.md)` ![f](g.png)';
  expect(deadLinks([{ ...page, text }])).toEqual([
    'docs/a.md: b.md',
    'docs/a.md: first-upload.md#next-js',
    'docs/a.md: g.png',
  ]);
});

it('has a source for every cell of the tables of features, and no source for none', () => {
  const { text = '' } = pages().find(({ source }) => source === 'docs/features.md') ?? {};
  const [tables = '', sources = ''] = text.split('## Sources');
  const named = new Set([...sources.matchAll(/(?:^- |· )([A-Z]\d+)\s/gm)].map(([, name]) => name));
  const rows = tables.split('\n').filter((line) => /^\| [A-Z]/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  const used = new Set<string>();
  for (const row of rows)
    for (const cell of row.split('|').slice(2, -1)) {
      const names = [...cell.matchAll(/\[([A-Z]\d+(?:, [A-Z]\d+)*)\]/g)].flatMap(([, list = '']) => list.split(', '));
      expect(names, cell).not.toEqual([]);
      for (const name of names) used.add(name);
    }
  expect([...used].sort()).toEqual([...named].sort());
});

it('tells language models of each page in a line', () => {
  const text = llmsText(pages());
  expect(text).toMatch(/^# Portage\n\n> .+\n\n## /);
  for (const { path } of pages().slice(1)) expect(text).toContain(`](/${path}.md): `);
  expect(text).not.toContain('): \n');
});
