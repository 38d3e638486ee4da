// `npm run test:formats [FOLDER]`: has the corpus made and holds `accept` against it; prints a table. Fails where one right file
// is refused, or one wrong one taken. With `--keep`, its small files become those of the tests.
import { cpSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { chromium, firefox } from '@playwright/test';
import { firefoxOptions, launchOptions } from '../../../scripts/browser.mjs';
import { theCatalog } from '../dist/formats/catalog.js';
import { createAccepts, judgeContent } from '../dist/formats.js';
import { hold } from './hold.mjs';
import { makeCorpus } from './make.mjs';

const keeps = process.argv.includes('--keep');
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '.portage/formats';
const started = Date.now();
const { files, failed } = makeCorpus(folder);
for (const { writer, name, why } of failed) console.log(`${writer} did not write ${name}. ${why}`);
const made = Date.now();

/** What a browser calls each file that a person picks. */
async function typesIn(launcher, options) {
  const browser = await launcher.launch(options);
  try {
    const page = await browser.newPage();
    await page.setContent('<input type="file" multiple>');
    await page.setInputFiles(
      'input',
      files.map(({ path }) => path),
    );
    const named = await page.$eval('input', (input) => [...input.files].map(({ name, type }) => [name, type]));
    return Object.fromEntries(named);
  } finally {
    await browser.close();
  }
}
const browsers = [await typesIn(chromium, launchOptions())];
const withFirefox = firefoxOptions();
if (withFirefox) {
  const { channel, launchOptions: options } = withFirefox;
  browsers.push(await typesIn(firefox, { ...options, channel }));
}

const held = await hold({ createAccepts, judgeContent, theCatalog }, files, browsers);

const sum = (rows, of) => rows.reduce((total, row) => total + of(row), 0);
const lineOf = (name, rows) =>
  [
    name.padEnd(14),
    ...[
      rows.length,
      new Set(rows.map(({ writer }) => writer)).size,
      sum(rows, ({ right }) => right),
      sum(rows, ({ refused }) => refused.length),
      sum(rows, ({ wrong }) => wrong),
      sum(rows, ({ taken }) => taken.length),
      Math.max(...rows.map(({ reads }) => reads)),
      Math.max(...rows.map(({ bytes }) => bytes)),
    ].map((count) => String(count).padStart(9)),
  ].join('');
console.log('format            files  writers    right  refused    wrong    taken    reads    bytes');
const formats = [...new Set(held.map(({ format }) => format))];
for (const format of formats)
  console.log(
    lineOf(
      format,
      held.filter((row) => row.format === format),
    ),
  );
console.log(lineOf(`${formats.length} formats`, held));
console.log(`Types as Chromium${withFirefox ? ', Firefox' : ''}, systems and nobody call them.`);
console.log(`Made in ${Math.round((made - started) / 1000)} s, judged in ${Math.round((Date.now() - made) / 1000)} s.`);
const wrong = held.flatMap(({ refused, taken }) => [...refused, ...taken]);
for (const line of wrong.slice(0, 100)) console.log(`✗ ${line}`);

if (keeps) {
  const to = new URL('../test/real/', import.meta.url);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  // One of each format and writer; none with a key or a font of somebody’s, and none that is never committed.
  const kept = new Map();
  for (const file of files) {
    const key = `${file.format} ${file.writer}`;
    if (statSync(file.path).size <= 3000 && !/\.(?:p12|pem|tgz)$|^editor/.test(file.name) && !kept.has(key))
      kept.set(key, file);
  }
  for (const { name, path } of kept.values()) cpSync(path, new URL(name, to));
  const list = [...kept.values()].map(({ name, format, writer }) => ({ name, format, writer }));
  writeFileSync(new URL('../test/real.json', import.meta.url), `${JSON.stringify(list, null, 2)}\n`);
}
process.exit(wrong.length === 0 && failed.length === 0 && existsSync(folder) ? 0 : 1);
