/**
 * Files of every format that real writers wrote: each ends in a result, and none in a crash of the process that looks at it.
 * `PORTAGE_FORMATS=FOLDER` adds other files, such as the larger corpus that `npm run test:formats FOLDER` has made.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { createChildren } from '../child/children.ts';
import { built } from '../run-job.ts';
import type { Step } from '../step.ts';
import { archive } from './archive.ts';
import { image } from './image.ts';
import { metadata } from './metadata.ts';
import { pdf } from './pdf.ts';

const REAL = fileURLToPath(new URL('../../../protocol/test/real', import.meta.url));
const MORE = process.env['PORTAGE_FORMATS'];
/** Where each file is, by its name. */
const paths = new Map(
  [REAL, ...(MORE ? [join(MORE, 'files')] : [])].flatMap((place) =>
    readdirSync(place).map((name) => [name, join(place, name)] as const),
  ),
);
const children = createChildren();
const folder = mkdtempSync(join(tmpdir(), 'portage-formats-'));
afterAll(() => {
  children.close();
  rmSync(folder, { recursive: true, force: true });
});

const STEPS: readonly Step[] = [metadata(), image({ widths: [64] }), pdf({ widths: [64] }), archive()];

async function take(step: Step, name: string): Promise<string> {
  const own = join(folder, step.name, name);
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const path = paths.get(name) ?? '';
  const file = { key: name, etag: '"e"', size: statSync(path).size, type: '', name };
  const outcome = await step.run({
    file,
    path,
    folder: own,
    signal: new AbortController().signal,
    inChild: (module, options) =>
      children.run({ module: built(module), file, path, folder: own, options }, step) as never,
  });
  return outcome.kind === 'unreadable' ? outcome.code : outcome.kind === 'skipped' ? '–' : 'done';
}

it('each ends in a result', { timeout: MORE ? 1_200_000 : 120_000 }, async () => {
  const names = [...paths.keys()].filter((name) => statSync(paths.get(name) ?? '').isFile());
  expect(names.length).toBeGreaterThan(100);
  const table = new Map<string, string[]>();
  for (const name of names) {
    const results = [];
    for (const step of STEPS) results.push(await take(step, name));
    const row = results.join(' | ');
    table.set(row, [...(table.get(row) ?? []), extname(name).slice(1) || name]);
  }
  console.log(`${names.length} files\n| ${STEPS.map(({ name }) => name).join(' | ')} | formats |`);
  for (const [row, formats] of table) console.log(`| ${row} | ${[...new Set(formats)].sort().join(', ')} |`);
  const of = async (name: string) => {
    const results = [];
    for (const step of STEPS) results.push(await take(step, name));
    return results.join(' | ');
  };
  const named = (extension: string) => names.find((name) => name.endsWith(`.${extension}`)) ?? '';
  expect(await of(named('webp'))).toBe('done | done | – | –');
  expect(await of(named('csv'))).toBe('– | – | – | –');
  // Nobody here decodes it, but nothing is wrong with it.
  expect(await of(named('psd'))).toBe('format-unsupported | format-unsupported | – | –');
  expect(await of(named('mid'))).toBe('format-unsupported | – | – | –');
  // With something before its mark; with a password; a text that begins as some MP3s would.
  expect(await of('mailed.pdf')).toBe('done | – | done | –');
  expect(await of('locked.pdf')).toBe('locked | – | locked | –');
  expect(await of('excel.txt')).toBe('– | – | – | –');
});
