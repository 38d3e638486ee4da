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

/** The stores, and when they were asked. */
export function storesOf({ date, notes }: Seen): string {
  const stores = [...new Set(notes.map(({ store }) => store))].sort();
  return `${stores.join(', ')}, asked on ${date}`;
}

/** One list for each table: a line for each row, with what most columns saw, and where something else was seen. */
export function listsOf(seen: Seen): string {
  const tables = [...new Set(seen.notes.map(({ table }) => table))].sort();
  const text = tables.map((table) => `**${table}**\n\n${listOf(seen.notes.filter((note) => note.table === table))}`);
  return [`${storesOf(seen)}. What most of them do comes first.`, ...text].join('\n\n');
}

function listOf(notes: readonly Note[]): string {
  const rows = [...new Set(notes.map(({ row }) => row))];
  return rows.map((row) => wrapped(`- **${row}**: ${valuesOf(notes, row)}`)).join('\n');
}

function valuesOf(all: readonly Note[], row: string): string {
  const groups = new Map<string, Note[]>();
  for (const note of all.filter((each) => each.row === row)) {
    // The same but for a time or a share is told as one, from the least to the most.
    const alike = note.value.replaceAll(MEASURED, '$2');
    groups.set(alike, [...(groups.get(alike) ?? []), note]);
  }
  const [[, most = []] = [], ...others] = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const placed = (some: readonly Note[]) => `${placesOf(some, all)}: ${spanOf(some)}`;
  // What more than half have seen is told without a place.
  const isRule = others.length === 0 || most.length * 2 > [...groups.values()].flat().length;
  return [isRule ? spanOf(most) : placed(most), ...others.map(([, some]) => placed(some))].join(' · ');
}

/** A number that differs from run to run, and its unit. */
const MEASURED = /\b([\d.]+)( s| % sent)\b/g;

function spanOf(notes: readonly Note[]): string {
  const [{ value } = { value: '–' }] = notes;
  const measured = notes.flatMap((note) => [...note.value.matchAll(MEASURED)].map(([, number]) => Number(number)));
  const [least, most] = [Math.min(...measured), Math.max(...measured)];
  return value.replace(MEASURED, (_, number: string, unit: string) =>
    least === most ? `${number}${unit}` : `${least} to ${most}${unit}`,
  );
}

/** The stores, as few words as name them, and the ways of signing where not all are meant. */
function placesOf(notes: readonly Note[], all: readonly Note[]): string {
  const waysOf = (store: string, among: readonly Note[]) =>
    [...new Set(among.filter((note) => note.store === store).map(({ column }) => column))].sort().join(' and ');
  const byWays = new Map<string, string[]>();
  for (const store of new Set(notes.map((note) => note.store))) {
    const ways = waysOf(store, notes);
    const key = ways === waysOf(store, all) ? '' : ways;
    byWays.set(key, [...(byWays.get(key) ?? []), store]);
  }
  const stores = [...new Set(all.map(({ store }) => store))];
  return [...byWays].map(([ways, some]) => `${namesOf(some, stores)}${ways && ` (${ways})`}`).join(', ');
}

/** Without versions, where all of a product are meant. */
function namesOf(some: readonly string[], all: readonly string[]): string {
  const product = (store: string) => store.replace(/ [\d.]+$/, '');
  const isWhole = (name: string) => all.every((store) => product(store) !== name || some.includes(store));
  return [...new Set(some.map((store) => (isWhole(product(store)) ? product(store) : store)))].join(', ');
}

/** In characters: what is read beside the source fits a screen. */
const WIDTH = 120;

function wrapped(line: string): string {
  const [first = '', ...words] = line.split(' ');
  const lines = [first];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length < WIDTH) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(`  ${word}`);
  }
  return lines.join('\n');
}

const [BEGIN, END] = ['<!-- seen -->', '<!-- /seen -->'] as const;

/** The README with what was seen between its two marks, as `told` tells it. */
export function writeReadme(readme: string, seen: Seen, told: (seen: Seen) => string): string {
  const [before = '', rest = ''] = readme.split(BEGIN);
  const [, after = ''] = rest.split(END);
  return `${before}${BEGIN}\n\n${told(seen)}\n\n${END}${after}`;
}
