import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hold } from '../packages/protocol/corpus/hold.mjs';
import { theCatalog } from '../packages/protocol/src/formats/catalog.ts';
import { createAccepts, judgeContent } from '../packages/protocol/src/formats.ts';

// What `npm run test:formats` makes anew, and more of it: here its smallest files are looked at.
const folder = new URL('../packages/protocol/test/real', import.meta.url).pathname;
const list: { name: string; format: string; writer: string }[] = JSON.parse(readFileSync(`${folder}.json`, 'utf8'));
const files = list.map((file) => ({ ...file, path: `${folder}/${file.name}` }));
const NAMES = [
  'jpg',
  'png',
  'tif',
  'svg',
  'tga',
  'pdf',
  'docx',
  'xlsx',
  'zip',
  'gz',
  'mp3',
  'wav',
  'mp4',
  'csv',
  'txt',
  'stl',
];

it('takes files of real writers by each of their names, and under no other one', { timeout: 120_000 }, async () => {
  const held = await hold({ createAccepts, judgeContent, theCatalog }, files, [], NAMES);
  expect(new Set(held.map(({ format }) => format)).size).toBeGreaterThanOrEqual(60);
  expect(held.flatMap(({ refused }) => refused)).toEqual([]);
  expect(held.flatMap(({ taken }) => taken)).toEqual([]);
});
