/** Runs cells of the matrix in a page, some at a time, and judges how they ended. */
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { Fault, Intercept } from '@portage/mock-s3';
import type { UploadEnd } from '../../harness/one-upload.ts';
import type { Setup } from '../../harness/signing.ts';
import type { CallFault, CallInfo } from '../call-faults.ts';
import type { Cell, Site } from './cells.ts';

export interface Verdict {
  readonly cell: Cell;
  /** What is wrong with how it ended; undefined where it is as expected. */
  readonly wrong: string | undefined;
  /** How often it met a failure. */
  readonly met: number;
  /** In milliseconds, by the page's clock. */
  readonly took: number;
}

/** Deals out the failures of cells to the requests that meet them. */
export interface Dealer {
  readonly onCall: (call: CallInfo) => CallFault | undefined;
  readonly onStore: Intercept;
  met(cell: Cell): number;
}

export function createDealer(cells: readonly Cell[]): Dealer {
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  const next = new Map<Site, number>();
  const counts = new Map<Cell, number>();

  function deal<At extends Site['at']>(at: At, key: string, fits: (site: Site) => boolean) {
    // A key is made of the file's name and of what the server or the page puts before it.
    const cell = byName.get(/[a-z0-9][a-z0-9-]*\.bin$/.exec(key.replace(/^.*\/|^[0-9a-f]{32}-/g, ''))?.[0] ?? '');
    const site = cell?.sites.find((site) => site.at === at && fits(site));
    if (!cell || !site) return undefined;
    const index = next.get(site) ?? 0;
    next.set(site, index + 1);
    const last = cell.lasting && site === cell.sites.at(-1);
    const fault = site.faults[last ? Math.min(index, site.faults.length - 1) : index];
    if (fault && site === cell.sites.at(-1)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    return fault;
  }

  return {
    onCall: ({ operation, name }) =>
      deal('call', name, (site) => site.operation === operation) as CallFault | undefined,
    onStore: ({ operation, partNumber, key = '' }) =>
      deal(
        'store',
        key,
        (site) =>
          site.operation === operation &&
          (!('partNumber' in site) || site.partNumber === undefined || site.partNumber === partNumber),
      ) as Fault | undefined,
    met: (cell) => counts.get(cell) ?? 0,
  };
}

/** Options of the plugin for all cells. */
const OPTIONS = { partSize: 5 * 1024 * 1024, multipartThreshold: 4 * 1024 * 1024 };

/** Starts a cell's upload; resolves when it has ended in the page. */
const startCell = (page: Page, cell: Cell, setup: Setup): Promise<UploadEnd> =>
  page.evaluate((upload) => window.runUpload(upload), { name: cell.name, size: cell.size, setup, options: OPTIONS });

/** Runs all cells, `width` at a time; one that has not ended after `timeout` milliseconds hangs. */
export async function runCells(
  page: Page,
  cells: readonly Cell[],
  {
    setupFor,
    judge,
    width,
    timeout,
  }: {
    setupFor: (cell: Cell) => Setup;
    judge: (cell: Cell, end: UploadEnd | 'hangs') => Promise<Verdict>;
    width: number;
    timeout: number;
  },
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const queue = cells.values();
  const lane = async () => {
    for (const cell of queue) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<'hangs'>((resolve) => {
        timer = setTimeout(() => resolve('hangs'), timeout);
      });
      const end = await Promise.race([startCell(page, cell, setupFor(cell)), late]);
      clearTimeout(timer);
      verdicts.push(await judge(cell, end));
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return verdicts;
}

/** Compares with what is expected, and with what the store holds. */
export function createJudge({ store, bucket }: Backend, dealer: Dealer) {
  return async (cell: Cell, end: UploadEnd | 'hangs'): Promise<Verdict> => {
    const wrong = await mistake(cell, end);
    return { cell, wrong, met: dealer.met(cell), took: end === 'hangs' ? Number.NaN : end.took };
  };

  async function mistake(cell: Cell, end: UploadEnd | 'hangs'): Promise<string | undefined> {
    if (end === 'hangs') return 'it hangs';
    const { expected } = cell;
    const said = end.message ? ` (${end.message})` : '';
    if (!expected.includes(end.end)) return `it ended as ${end.end}, not as ${expected.join(' or ')}${said}`;
    if (end.wentBack) return 'its progress went back';
    if (dealer.met(cell) === 0) return 'it met no failure';
    if (!expected.includes('complete')) {
      if (!end.message || !end.hint) return 'its error has no words';
      return undefined;
    }
    const stored = end.key === undefined ? 'nothing' : await store.sha256(bucket, end.key).catch(() => 'nothing');
    return stored === end.sha256 ? undefined : 'the stored object is not the file';
  }
}

/** A line for each phase and way, and one for each cell that went wrong. */
export function report(verdicts: readonly Verdict[]): string {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const group = `${verdict.cell.phase} (${verdict.cell.way})`;
    groups.set(group, [...(groups.get(group) ?? []), verdict]);
  }
  const lines = [...groups].map(([group, of]) => {
    const good = of.filter(({ wrong }) => wrong === undefined);
    const complete = good.filter(({ cell }) => cell.expected.includes('complete')).length;
    const met = of.reduce((sum, { met }) => sum + met, 0);
    return `${group.padEnd(22)} ${String(of.length).padStart(5)} uploads, ${String(met).padStart(5)} failures met, ${String(complete).padStart(5)} complete, ${String(good.length - complete).padStart(4)} told why not, ${of.length - good.length} wrong`;
  });
  const wrong = verdicts.flatMap(({ cell, wrong }) =>
    wrong === undefined ? [] : [`✘ ${cell.phase} (${cell.way}), ${cell.story}: ${wrong}`],
  );
  return [...lines, ...wrong].join('\n');
}
