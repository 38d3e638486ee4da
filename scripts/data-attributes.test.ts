/** The guide's table of `data-*` attributes is what the components set: nothing less, nothing else, on the parts that it names. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../packages/react/src', import.meta.url));
const read = (path: string) => readFileSync(path, 'utf8');
/** For our own code alone: how rows are measured, and where the focus goes. */
const INTERNAL = ['data-index', 'data-portage-item'];

/** A component's own code and that of the components that it is made of. */
function codeOf(path: string, seen = new Map<string, string>()): string {
  if (seen.has(path)) return '';
  seen.set(path, read(path));
  for (const { 1: imported = '' } of read(path).matchAll(/(?:from|import\()\s*'(\.\/[\w-]+\.tsx)'/g))
    codeOf(join(dirname(path), imported), seen);
  return [...seen.values()].join('\n');
}

const attributesIn = (code: string) =>
  new Set([...code.matchAll(/['\s](data-[a-z-]+)['=]/g)].map(([, name = '']) => name));

/** The file of each part, by the name that apps use. */
const files = new Map(
  [...read(join(source, 'parts.ts')).matchAll(/export \{([^}]+)\} from '(\.\/components\/[^']+)'/g)].flatMap(
    ([, names = '', path = '']) =>
      [...names.matchAll(/ as (\w+)/g)].map(({ 1: name = '' }) => [name, join(source, path)]),
  ),
);
const coded = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(({ 1: name = '' }) => name);
const guide = read(join(source, '../docs/anatomy.mdx'));
const rows = [...guide.matchAll(/^\| (`\w+`.*?) \| (`data-.*?) \| (.*) \|$/gm)].flatMap(
  ([, parts = '', attributes = '']) =>
    coded(parts).flatMap((part) => coded(attributes).map((attribute) => ({ part, attribute }))),
);

describe('the data attributes in the guide', () => {
  it.each(rows)('$attribute is set by $part', ({ part, attribute }) => {
    const file = files.get(part);
    expect(file, `no part is called ${part}`).toBeDefined();
    expect([...attributesIn(codeOf(file as string))]).toContain(attribute);
  });

  it('are all that the parts set themselves', () => {
    const documented = (part: string) => rows.filter((row) => row.part === part).map(({ attribute }) => attribute);
    const partsOf = (file: string) => [...files].flatMap(([part, its]) => (its === file ? [part] : []));
    const missing = [...new Set(files.values())].flatMap((file) =>
      [...attributesIn(read(file))].filter(
        (name) => !INTERNAL.includes(name) && !partsOf(file).some((part) => documented(part).includes(name)),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('are all that any component sets', () => {
    const code = [...files.values()].map((file) => codeOf(file)).join('\n');
    const known = [...rows.map(({ attribute }) => attribute), ...INTERNAL];
    expect([...attributesIn(code)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('name each status', () => {
    const statuses =
      /type UploadStatus =([^;]+);/.exec(read(join(source, '../../engine/src/telling/snapshot.ts')))?.[1] ?? '';
    const [, listed = ''] = /The values of `data-status` are ([^.]+)\./.exec(guide) ?? [];
    expect(coded(listed)).toEqual([...statuses.matchAll(/'(\w+)'/g)].map(({ 1: status }) => status));
  });
});
