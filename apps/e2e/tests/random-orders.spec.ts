/**
 * Whatever people and apps do with a file, in whatever order: what is stored is what Uppy showed when it was last started,
 * or nothing is, and the person was told. `PORTAGE_ORDERS=300` makes more orders, `PORTAGE_ORDERS_SEED` the same again.
 */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import fc from 'fast-check';
import { expect, MiB, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';
import { REFUSED } from '../support/refused.ts';

const SMALL = 1_000;

const ORDERS = Number(process.env['PORTAGE_ORDERS'] ?? 6);
const SEED = process.env['PORTAGE_ORDERS_SEED'];

/** What a file is made of: one letter, so many times. The larger ones go in parts. */
interface Content {
  readonly letter: string;
  readonly size: number;
}
const content = fc.record({
  letter: fc.constantFrom('a', 'b', 'c'),
  size: fc.constantFrom(SMALL, 5 * MiB + 7, 10 * MiB + 7),
});

/** A thing to do. Those that do not fit the moment do nothing. */
type Step =
  | { readonly do: 'start' | 'pause' | 'resume' | 'reload' | 'pick' | 'remove' | 'moment' | 'end' }
  | { readonly do: 'store'; readonly fails: boolean }
  /** Mostly once the store is well again. */
  | { readonly do: 'retry'; readonly fails: boolean }
  | { readonly do: 'edit'; readonly to: Content }
  | { readonly do: 'tell'; readonly by: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'start' } as const) },
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 3 }).map((luck) => ({ do: 'retry', fails: luck === 0 }) as const) },
  { weight: 4, arbitrary: content.map((to) => ({ do: 'edit', to }) as const) },
  { weight: 3, arbitrary: fc.boolean().map((fails) => ({ do: 'store', fails }) as const) },
  { weight: 3, arbitrary: fc.constant({ do: 'end' } as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('pause', 'resume', 'moment', 'reload').map((what) => ({ do: what }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'remove' } as const) },
  { weight: 1, arbitrary: fc.constantFrom('me', 'you').map((by) => ({ do: 'tell', by }) as const) },
  { weight: 3, arbitrary: fc.constant({ do: 'pick' } as const) },
);

/** Most orders begin with a failure, since that is when things go wrong; the others do as they like. */
const FAILED: readonly Step[] = [{ do: 'store', fails: true }, { do: 'start' }, { do: 'end' }];
const beginning = fc.oneof({ weight: 3, arbitrary: fc.constant(FAILED) }, { weight: 2, arbitrary: fc.constant([]) });

interface Shown extends Content {
  /** Of the object, where the upload went well. */
  readonly key?: string;
}

declare global {
  interface Window {
    /** The file as it was shown when it was last started. */
    lastShown: Content | undefined;
    /** What every upload that went well stored, and what was shown when it was started. */
    successes: Shown[];
    contents: Map<Blob, Content>;
    make(content: Content): Blob;
    statusNow(): string;
  }
}

/** Prepares the page to keep account. */
async function open(page: Page, url: string, backend: Backend): Promise<void> {
  await openHarness(page, url, portageServer(backend), { multipartThreshold: MiB, partSize: 5 * MiB });
  await page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    window.contents = new Map();
    window.lastShown = undefined;
    window.successes = [];
    window.make = (content) => {
      const blob = new Blob([content.letter.repeat(content.size)]);
      window.contents.set(blob, content);
      return blob;
    };
    window.statusNow = () => plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.status ?? 'none';
    const look = () => {
      window.lastShown = window.contents.get(uppy.getFiles()[0]?.data as Blob);
    };
    uppy.on('upload-start', (files) => files.length > 0 && look());
    uppy.on('retry-all', look);
    uppy.on('upload-success', (_, response) => {
      const { key } = response.body as unknown as { key: string };
      if (window.lastShown) window.successes.push({ ...window.lastShown, key });
    });
  });
}

async function isStored({ store, bucket }: Backend, { letter, size, key = '' }: Shown): Promise<boolean> {
  const expected = createHash('sha256').update(Buffer.alloc(size, letter)).digest('hex');
  return (await store.sha256(bucket, key)) === expected;
}

/** The upload has come to an end, or to a pause. */
const RESTS = /none|complete|failed|paused|canceled/;

test(`${ORDERS} random orders of starts, failures, edits, retries, pauses, reloads and removals`, async ({
  page,
  backend,
  faults,
  serve,
}) => {
  test.setTimeout(240_000 + 20_000 * ORDERS);
  const url = await serve('harness');
  const statusNow = () => page.evaluate(() => window.statusNow());
  const rest = () => expect.poll(statusNow, { intervals: [20, 50, 100] }).toMatch(RESTS);
  let told = 0;
  let stored = 0;

  function setStore({ fails }: { fails: boolean }): void {
    // Of small files the only part, of the others the second one.
    faults.intercept = ({ operation, partNumber, declaredSize }) =>
      fails && operation === 'UploadPart' && (partNumber === 2 || declaredSize === SMALL) ? REFUSED : undefined;
  }

  async function take(step: Step, first: Content): Promise<void> {
    switch (step.do) {
      case 'store':
        setStore(step);
        return;
      case 'reload':
        await checkSuccesses();
        return open(page, url, backend);
      case 'moment':
        // Somewhere in the midst of it: the response to a question that the page is asked.
        await statusNow();
        return;
      case 'end':
        return rest();
      case 'pick':
        // The same file again, as when it is picked after a reload.
        await page.evaluate((first) => {
          const { uppy } = window.harness;
          if (uppy.getFiles().length === 0) uppy.addFile({ name: 'f.bin', type: '', data: window.make(first) });
        }, first);
        return;
      case 'edit':
        await page.evaluate((to) => {
          const { uppy } = window.harness;
          const [file] = uppy.getFiles();
          const data = window.make(to);
          if (file) uppy.setFileState(file.id, { data, size: data.size });
        }, step.to);
        return;
      case 'retry':
        if ((await statusNow()) !== 'failed') return;
        setStore(step);
        await page.evaluate(() => void window.harness.uppy.retryAll().catch(() => {}));
        await expect
          .poll(() => page.evaluate(() => window.harness.uppy.getFiles()[0]?.error ?? window.statusNow()))
          .not.toBe('failed');
        return;
      default:
        await page.evaluate((step) => {
          const { uppy } = window.harness;
          const [file] = uppy.getFiles();
          if (!file) return;
          if (step.do === 'start') uppy.upload().catch(() => {});
          if (step.do === 'remove') uppy.removeFile(file.id);
          if (step.do === 'tell') uppy.setFileMeta(file.id, { by: step.by });
          if (step.do === 'pause' && !file.isPaused && /uploading|queued/.test(window.statusNow()))
            uppy.pauseResume(file.id);
          if (step.do === 'resume' && file.isPaused) uppy.pauseResume(file.id);
        }, step);
    }
  }

  async function checkSuccesses(): Promise<void> {
    const successes = await page.evaluate(() => window.successes.splice(0));
    for (const success of successes) expect(await isStored(backend, success), JSON.stringify(success)).toBe(true);
    stored += successes.length;
  }

  const orders = fc.array(step, { minLength: 3, maxLength: 14 });
  const property = fc.asyncProperty(content, beginning, orders, async (first, begins, steps) => {
    faults.intercept = () => undefined;
    await open(page, url, backend);
    await take({ do: 'pick' }, first);
    for (const each of [...begins, ...steps, { do: 'end' } as const]) await take(each, first);
    const end = await page.evaluate(() => {
      const { uppy, plugin } = window.harness;
      const [file] = uppy.getFiles();
      const { status, error } = (file && plugin.uploads.get(file.id)) ?? {};
      return { status, message: error?.message, hint: error?.hint, isShown: Boolean(file?.error) };
    });
    await checkSuccesses();
    if (end.status === 'failed') {
      told += 1;
      expect(end).toMatchObject({
        message: expect.stringMatching(/\w/),
        hint: expect.stringMatching(/\w/),
        isShown: true,
      });
    }
    // No object is made of two files.
    for (const { key, size } of backend.store.objects(backend.bucket)) {
      const letters = await Promise.all(['a', 'b', 'c'].map((letter) => isStored(backend, { letter, size, key })));
      expect(letters, `${key} is one of the files`).toContain(true);
      expect([1_000, 5 * MiB + 7, 10 * MiB + 7]).toContain(size);
    }
    await page.evaluate(() => window.harness.uppy.destroy());
  });
  await fc.assert(property, {
    numRuns: ORDERS,
    // The shortest order that ever went wrong is always among them.
    examples: [
      [
        { letter: 'a', size: 1_000 },
        [...FAILED],
        [
          { do: 'edit', to: { letter: 'b', size: 1_000 } },
          { do: 'retry', fails: false },
        ],
      ],
    ],
    ...(SEED && { seed: Number(SEED) }),
    endOnFailure: ORDERS < 50,
  });
  console.log(`${ORDERS} orders: ${stored} uploads stored what was shown, ${told} orders ended in words`);
});
