import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

test('the example in the README is the one that runs', async () => {
  const example = await read('../example/upload.spec.ts');
  expect(/^```js\n(.*?)^```/ms.exec(await read('../README.md'))?.[1]).toBe(example);
});

test('the component tests in the README and in the guide are those that run', async () => {
  const printed = async (path: string) =>
    [...(await read(path)).matchAll(/^```tsx?\n(.*?)^```/gms)].map(([, text]) => text);
  const own = new Set(['codes.test.tsx']);
  const names = (await readdir(new URL('../app/', import.meta.url))).filter((name) => !own.has(name));
  const run = await Promise.all(names.map((name) => read(`../app/${name}`)));
  expect((await printed('../../react/docs/testing.mdx')).sort()).toEqual(run.sort());
  expect(await printed('../README.md')).toEqual([await read('../app/uploads.test.tsx')]);
});
