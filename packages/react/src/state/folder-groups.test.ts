import { expect, it } from 'vitest';
import { placeOf, rowsByFolder } from './folder-groups.ts';

/** Rows as text: heads with how many files they have, and files with where they are. */
function rows(paths: Record<string, string | undefined>, ...folded: string[]): string[] {
  return rowsByFolder(Object.keys(paths), (id) => paths[id], new Set(folded)).map((row) =>
    'folder' in row
      ? `${row.folder.name} (${row.folder.ids.join(' ')})`
      : [row.inside ?? '', row.path, row.key].join(':'),
  );
}

it('leaves files that came by themselves where they are', () => {
  expect(rows({ a: undefined, b: 'b.jpg', c: './c.jpg' })).toEqual(['::a', '::b', '::c']);
});

it('puts files below the head of their folder, where the first one was, and says the folders in between', () => {
  const paths = { a: 'trip/a.jpg', b: undefined, c: 'trip/2026/alps/c.jpg', d: 'work/d.pdf', e: 'trip/e.jpg' };
  expect(rows(paths)).toEqual(['trip (a c e)', 'trip::a', 'trip:2026/alps:c', 'trip::e', '::b', 'work (d)', 'work::d']);
});

it('keeps the head alone of a folder that is folded', () => {
  expect(rows({ a: 'trip/a.jpg', b: 'trip/b.jpg', c: undefined }, 'trip')).toEqual(['trip (a b)', '::c']);
});

it('has a key for each row, also of a folder that is called like an id', () => {
  const keys = rowsByFolder(['x', 'y'], (id) => (id === 'y' ? 'x/y.jpg' : undefined), new Set()).map(({ key }) => key);
  expect(keys).toEqual(['x', '/x', 'y']);
});

it('reads paths that begin with a slash or a dot, and names of folders like those of objects', () => {
  expect(placeOf('/trip/a.jpg')).toEqual({ folder: 'trip', path: '' });
  expect(placeOf('./trip//in/a.jpg')).toEqual({ folder: 'trip', path: 'in' });
  expect(placeOf('a.jpg')).toBeUndefined();
  expect(rows({ a: '__proto__/a.jpg', b: 'constructor/b.jpg' })).toEqual([
    '__proto__ (a)',
    '__proto__::a',
    'constructor (b)',
    'constructor::b',
  ]);
});
