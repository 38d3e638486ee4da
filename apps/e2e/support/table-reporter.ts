/** Prints what tests have noted as rows of tables, in Markdown: for the pages that show them. */
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

type Row = Readonly<Record<string, string>>;

const KIND = 'row';

/** Notes one row; those with the same columns are one table. */
export function addRow({ annotations }: Pick<TestResult, 'annotations'>, row: Row): void {
  annotations.push({ type: KIND, description: JSON.stringify(row) });
}

export default class TableReporter implements Reporter {
  readonly #tables = new Map<string, Row[]>();

  onTestEnd(_test: TestCase, { annotations }: TestResult): void {
    for (const { type, description = '' } of annotations) {
      if (type !== KIND) continue;
      const row = JSON.parse(description) as Row;
      const columns = Object.keys(row).join(' | ');
      this.#tables.set(columns, [...(this.#tables.get(columns) ?? []), row]);
    }
  }

  onEnd(): void {
    for (const [columns, rows] of this.#tables) {
      console.log(`\n| ${columns} |\n|${' --- |'.repeat(columns.split(' | ').length)}`);
      for (const row of rows) console.log(`| ${Object.values(row).join(' | ')} |`);
    }
  }
}
