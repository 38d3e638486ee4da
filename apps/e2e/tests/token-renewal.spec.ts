/** An upload that was left alone for days: its token is over, and its user is asked for again. */
import type { Page } from '@playwright/test';
import type { UploadEvent } from '@portage/server';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

const DAY = 24 * 3_600_000;
const world = { now: Date.now(), events: [] as UploadEvent[] };

test.use({
  backendOptions: {
    routes: {
      files: {
        maxSize: Number.POSITIVE_INFINITY,
        authorize(request) {
          const userId = request.headers.get('x-user');
          return userId === null ? null : { userId };
        },
      },
    },
    // The same days pass for the store.
    s3: { now: () => world.now },
    uploads: { clock: () => world.now, observe: (event) => world.events.push(event) },
  },
});

const unfinished = (page: Page) => page.evaluate(() => window.harness.plugin.unfinished.list());
const renewals = () => world.events.filter(({ event }) => event === 'renewed').length;

/** The token of the page's one resume record. */
const keptToken = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('portage');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('uploads').objectStore('uploads').getAll();
          reading.onsuccess = () => resolve(reading.result[0]?.session.token);
        };
      }),
  );

test('after days it goes on for the same user, who signs in again; the fresh token is kept', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const { journal } = backend.store;
  const stored = () => journal.requests({ operation: 'UploadPart', status: 200 }).length;
  /** The parts up to this one arrive; the others are on their way for hours. */
  let arriving = 2;
  faults.intercept = ({ operation, partNumber = 0 }) =>
    operation === 'UploadPart' && partNumber > arriving ? { kind: 'bandwidth', bytesPerSecond: 1024 } : undefined;
  const file = await makeFile('film.mp4', 48 * MiB);
  const url = await serve('harness');
  const open = async (user?: string) => {
    const uploading = await openHarness(page, url, portageServer(backend), user ? { headers: { 'x-user': user } } : {});
    await uploading.send(file);
    return uploading;
  };
  await open('ann');
  await expect.poll(stored).toBe(2);
  const first = await keptToken(page);

  world.now += 2 * DAY;
  const signedOut = await open();
  expect(await signedOut.finish()).toEqual({ successful: [], failed: ['film.mp4'] });
  expect((await signedOut.snapshots())['film.mp4']?.error?.message).toBe(
    'You are not signed in, or you may not upload here.',
  );
  expect(await unfinished(page)).toMatchObject([{ name: 'film.mp4' }]);

  arriving = 4;
  await open('ann');
  await expect.poll(stored).toBe(4);
  expect(renewals()).toBe(1);
  const second = await keptToken(page);
  expect(second).not.toBe(first);

  world.now += 2 * DAY;
  arriving = 6;
  const last = await open('ann');
  expect(await last.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(renewals()).toBeGreaterThan(1);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
  expect(await unfinished(page)).toEqual([]);
});
