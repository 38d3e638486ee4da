// Rehearses a release: publishes all packages to a registry on this machine, and from there does what newcomers do, outside of
// this repository. Run by `npm run release:rehearse`, some of them by `-- Next Hono`; takes half an hour.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { followEach } from './follow-each.mjs';
import { NEWCOMERS } from './newcomers.mjs';
import { root } from './pack.mjs';

const rows = await followEach(NEWCOMERS, process.argv.slice(2));
const HEAD = [
  '| From an empty folder to a stored file | Commands | Files pasted | Minutes |',
  '| --- | --- | --- | --- |',
];
const lines = new Map(
  rows.map(({ name, commands, files, minutes }) => [
    name,
    `| ${name} | ${commands} | ${files} | ${minutes.toFixed(1)} |`,
  ]),
);
console.log(`\n${[...HEAD, ...lines.values()].join('\n')}`);
if (process.env.RELEASE_WRITE === '1' && process.exitCode === undefined) {
  const path = join(root, 'docs/first-upload.md');
  const text = readFileSync(path, 'utf8');
  const marked = /(?<=<!-- newcomers -->\n).*(?=<!-- \/newcomers -->)/s;
  // Who was passed over this time keeps the line of the last time.
  const before = marked.exec(text)[0].split('\n');
  const kept = (name) => before.find((line) => line.startsWith(`| ${name} `));
  const all = NEWCOMERS.flatMap(({ name }) => lines.get(name) ?? kept(name) ?? []);
  writeFileSync(
    path,
    text.replace(marked, () => `\n${[...HEAD, ...all].join('\n')}\n\n`),
  );
}
