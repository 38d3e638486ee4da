import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { docs } from '../packages/protocol/scripts/format-docs.mjs';
import { debianPairs, source } from '../packages/protocol/scripts/format-names.mjs';
import { createAccepts } from '../packages/protocol/src/formats/accepts.ts';
import { theCatalog } from '../packages/protocol/src/formats/catalog.ts';
import { NAMES } from '../packages/protocol/src/formats/names.ts';

it('takes every type and extension that a system knows by its own patterns', async () => {
  const pairs = await debianPairs();
  expect(pairs.length).toBeGreaterThan(1500);
  const wrong = pairs.filter(([type, extension]) => {
    const file = { name: `a.${extension}`, type };
    const patterns = [[type], [`.${extension}`], [type.toUpperCase()]];
    return !patterns.every(
      (accept) => createAccepts(accept).claim(file) && createAccepts(accept).claim({ ...file, type: '' }),
    );
  });
  expect(wrong).toEqual([]);
});

it('has names.ts as its source writes it', async () => {
  expect((await source()).includes(NAMES)).toBe(true);
});

it('has docs/formats.md as the table writes it', async () => {
  expect(await readFile(new URL('../docs/formats.md', import.meta.url), 'utf8')).toBe(await docs({ theCatalog }));
});
