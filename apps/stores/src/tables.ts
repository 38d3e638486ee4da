/** Prints what tests noted, as lists in Markdown; with STORES_WRITE=1 it is kept in `seen.json`, which the README shows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { listsOf, type Note, type Seen, storesOf, writeReadme } from './seen.ts';

const SEEN = fileURLToPath(new URL('../seen.json', import.meta.url));

const READMES = [
  ['../README.md', listsOf],
  ['../../../README.md', storesOf],
] as const;

export default class Tables implements Reporter {
  readonly #notes: { readonly at: number; readonly note: Note }[] = [];
  readonly #passedOver = new Set<string>();
  /** In the order in which they are written: they end in another one. */
  #tests: readonly TestCase[] = [];

  onBegin(_: FullConfig, all: Suite): void {
    this.#tests = all.allTests();
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    for (const { type, description = '' } of [...test.annotations, ...result.annotations]) {
      if (type === 'stores') this.#notes.push({ at: this.#tests.indexOf(test), note: JSON.parse(description) });
      if (type === 'skip') this.#passedOver.add(`${test.parent.project()?.name}: ${description}`);
    }
  }

  onEnd({ status }: FullResult): void {
    const inOrder = this.#notes.sort((a, b) => a.at - b.at).map(({ note }) => note);
    const unique = [...new Map(inOrder.map((note) => [JSON.stringify(note), note])).values()];
    const seen: Seen = { date: new Date().toISOString().slice(0, 10), notes: unique };
    console.log(`\n${listsOf(seen)}`);
    for (const line of this.#passedOver) console.log(`Passed over: ${line}.`);
    if (process.env['STORES_WRITE'] !== '1' || process.env['STORES']) return;
    if (status !== 'passed' || this.#passedOver.size > 0) {
      console.log(`Not written: ${status === 'passed' ? 'a store was passed over' : 'a test failed'}.`);
      return;
    }
    writeFileSync(SEEN, `${JSON.stringify(seen, undefined, 2)}\n`);
    for (const [path, told] of READMES) {
      const readme = fileURLToPath(new URL(path, import.meta.url));
      writeFileSync(readme, writeReadme(readFileSync(readme, 'utf8'), seen, told));
    }
    console.log('Written.');
  }
}
