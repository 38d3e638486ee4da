/** The token list of the theming guide is the stylesheet's. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../packages/react/', import.meta.url));
const sheets = readdirSync(`${folder}src/style`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => readFileSync(`${folder}src/style/${name}`, 'utf8'));

const tokensOf = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

it('names every variable that the stylesheet reads, and no other', () => {
  const read = tokensOf(sheets.join(), /var\((--portage-[a-z-]+)/g);
  expect(read.length).toBeGreaterThan(10);
  expect(tokensOf(readFileSync(`${folder}docs/theming.mdx`, 'utf8'), /^\| `(--portage-[a-z-]+)`/gm)).toEqual(read);
  expect(tokensOf(readFileSync(`${folder}src/style.css`, 'utf8'), /^ \* {3}(--portage-[a-z-]+)/gm)).toEqual(read);
});
