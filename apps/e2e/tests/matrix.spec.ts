/**
 * The matrix: every phase of an upload meets every failure of the table in docs/architecture.md, some times in a row, in
 * a real browser, against the real store. Each upload must end in the right object or in the right error; see
 * `support/matrix`. `npm run test:matrix` runs it with more seeds and prints the figures.
 */
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { Intercept } from '@portage/mock-s3';
import { startCallGate } from '../support/call-faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { hurryUntil, movesOf } from '../support/hurry.ts';
import { type Cell, lastingCells, PHASES, passingCells } from '../support/matrix/cells.ts';
import { createDealer, createJudge, report, runCells, type Verdict } from '../support/matrix/run-cells.ts';
import { startUploadServer } from '../support/upload-server.ts';

const SEEDS = Number(process.env['PORTAGE_MATRIX_SEEDS'] ?? 1);
const FIRST = Number(process.env['PORTAGE_MATRIX_SEED'] ?? 1);
const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST + index);

const passing = passingCells(seeds);

/** The browser opens six connections to a host, and each silent request holds its own. */
const SILENT = 5;

interface Room {
  readonly page: Page;
  readonly backend: Backend;
  readonly faults: { intercept: Intercept };
  readonly url: string;
}

async function run(
  { page, backend, faults, url }: Room,
  cells: readonly Cell[],
  options: { width: number; timeout: number },
): Promise<Verdict[]> {
  const dealer = createDealer(cells);
  const server = await startUploadServer(backend, { profile: 'mock' });
  const gates = {
    server: await startCallGate(new URL(server.url).origin, dealer.onCall),
    signer: await startCallGate(backend.apiUrl, dealer.onCall),
  };
  faults.intercept = dealer.onStore;
  const setups = {
    server: { endpoint: `${gates.server.url}/api/uploads` },
    signer: { signAt: `${gates.signer.url}/api/sign` },
  };
  await page.goto(url);
  const judge = createJudge(backend, dealer);
  const verdicts = await runCells(page, cells, { ...options, setupFor: ({ way }) => setups[way], judge });
  await Promise.all([gates.server.close(), gates.signer.close(), server.down()]);
  console.log(report(verdicts));
  return verdicts;
}

/**
 * With an app's own signer the page may ask nothing of an object. Where the store does not repeat a Complete either,
 * one that was not heard of costs a second upload, and the second such one fails as `upload-gone`. Which of the failures
 * in a row those are is the store's affair.
 */
const isForgotten = ({ way, unheard }: Cell, mimic: 'aws' | 'minio') =>
  mimic === 'minio' && way === 'signer' && unheard > 1;

/** The cells that went wrong, in words. */
const wrong = (verdicts: readonly Verdict[]) =>
  verdicts.flatMap(({ cell, wrong }) => (wrong === undefined ? [] : [`${cell.story}: ${wrong}`]));

for (const mimic of ['aws', 'minio'] as const) {
  test.describe(`a store like ${mimic}`, () => {
    test.use({
      backendOptions: { s3: { mimic, cors: { exposedHeaders: ['ETag', 'Retry-After'] } } },
    });

    for (const phase of PHASES) {
      // What repeats its Complete, and what does not, differ in how they complete only.
      if (mimic !== 'aws' && phase !== 'complete' && phase !== 'verify') continue;
      test(`${phase}: each failure that passes`, async ({ page, backend, faults, serve }) => {
        test.setTimeout(240_000 + 60_000 * SEEDS);
        const cells = passing.filter((cell) => cell.phase === phase && !cell.slow && !isForgotten(cell, mimic));
        const room = { page, backend, faults, url: await serve('harness') };
        expect(wrong(await run(room, cells, { width: 4, timeout: 150_000 }))).toEqual([]);
      });
    }
  });
}

test('silence in each phase', async ({ page, backend, faults, serve }) => {
  test.setTimeout(600_000);
  await page.clock.install();
  // Silence is met once and alone: many seeds have the same to tell.
  const slow = passing.filter((cell) => cell.slow);
  const cells = [...new Map(slow.map((cell) => [`${cell.way} ${cell.story}`, cell])).values()];
  const room = { page, backend, faults, url: await serve('harness') };
  const running = run(room, cells, { width: SILENT, timeout: 400_000 });
  expect(wrong(await hurryUntil(running, page, () => movesOf(backend)))).toEqual([]);
});

test('failures that never end: told in words, after a quarter of an hour at most', async ({
  page,
  backend,
  faults,
  serve,
}) => {
  const all = lastingCells(FIRST, SEEDS === 1 ? 1 : Number.POSITIVE_INFINITY);
  const batches = [
    ...inBatches(
      all.filter(({ slow }) => !slow),
      30,
    ),
    ...inBatches(
      all.filter(({ slow }) => slow),
      SILENT,
    ),
  ];
  test.setTimeout(300_000 * batches.length);
  await page.clock.install();
  const url = await serve('harness');
  for (const cells of batches) {
    const running = run({ page, backend, faults, url }, cells, { width: cells.length, timeout: 800_000 });
    // The engine takes a longer jump for a sleeping laptop, which costs an upload none of its quarter of an hour.
    const options = { step: 5_000, quiet: 50, asks: true };
    expect(wrong(await hurryUntil(running, page, () => movesOf(backend), options))).toEqual([]);
  }
});

function inBatches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
