/** What was seen of stores, and how it is shown. */

export interface Note {
  readonly store: string;
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly value: string;
}

export interface Seen {
  /** Of the run, in UTC. */
  readonly date: string;
  readonly notes: readonly Note[];
}

export const UPLOADS = 'Uploads from Chromium: SHA-256 of what is stored';

/** One table for each name; its columns are stores, or a store and a way of signing. */
export function tablesOf({ date, notes }: Seen, only?: string): string {
  const tables = [...new Set(notes.map(({ table }) => table))].filter((table) => (only ?? table) === table).sort();
  const stores = [...new Set(notes.map(({ store }) => store))].sort();
  const text = tables.map((table) => `**${table}**\n\n${tableOf(notes.filter((note) => note.table === table))}`);
  return [`${stores.join(', ')}, asked on ${date}.`, ...text].join('\n\n');
}

function tableOf(notes: readonly Note[]): string {
  const columnOf = ({ store, column }: Note) => (column === '' ? store : `${store}, ${column}`);
  const columns = [...new Set(notes.map(columnOf))].sort();
  const rows = [...new Set(notes.map(({ row }) => row))];
  const cell = (row: string, column: string) =>
    notes.find((note) => note.row === row && columnOf(note) === column)?.value ?? '–';
  const lines = rows.map((row) => [row, ...columns.map((column) => cell(row, column))]);
  const toLine = (cells: readonly string[]) => `| ${cells.map((each) => each.replaceAll('|', '\\|')).join(' | ')} |`;
  return [toLine(['', ...columns]), toLine(['', ...columns].map(() => '---')), ...lines.map(toLine)].join('\n');
}

const [BEGIN, END] = ['<!-- seen -->', '<!-- /seen -->'] as const;

/** The README with what was seen between its two marks. */
export function writeReadme(readme: string, seen: Seen, only?: string): string {
  const [before = '', rest = ''] = readme.split(BEGIN);
  const [, after = ''] = rest.split(END);
  return `${before}${BEGIN}\n\n${tablesOf(seen, only)}\n\n${END}${after}`;
}
