import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('the example in the README is the one that runs', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const example = await readFile(new URL('../example/upload.spec.ts', import.meta.url), 'utf8');
  expect(/^```js\n(.*?)^```/ms.exec(readme)?.[1]).toBe(example);
});
