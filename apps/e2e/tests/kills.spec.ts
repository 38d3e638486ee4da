/** The browser is killed at random moments of an upload: each goes on. `npm run test:kills -- 50` kills it more often. */
import { randomInt } from 'node:crypto';
import type { Backend } from '@portage/mock-backend';
import { dice } from '../support/dice.ts';
import { expect, MiB, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';
import { killBrowser, launchWith } from '../support/kill-browser.ts';

const KILLS = Number(process.env['PORTAGE_KILLS'] ?? 3);
const SEED = Number(process.env['PORTAGE_KILLS_SEED'] ?? randomInt(1_000_000));

const PART = 5 * MiB;
const SIZE = 8 * PART;
const OPTIONS = { partSize: PART, multipartThreshold: PART };

interface Moment {
  readonly name: string;
  /** Whether it has come, by what the store was asked for since the file was picked. */
  hasCome(): boolean;
}

/** One of all moments of an upload: while it is created, at any byte of it, while it is completed. */
function momentOf(roll: number, { store }: Backend): Moment {
  const { journal } = store;
  const began = (operation: 'CreateMultipartUpload' | 'CompleteMultipartUpload') => ({
    name: operation,
    hasCome: () => journal.requests({ operation }).length > 0,
  });
  if (roll < 0.08) return began('CreateMultipartUpload');
  if (roll > 0.92) return began('CompleteMultipartUpload');
  const bytes = Math.floor(((roll - 0.08) / 0.84) * SIZE);
  return {
    name: `${(bytes / MiB).toFixed(1)} MiB received`,
    hasCome: () => journal.bytesReceived({ operation: 'UploadPart' }) >= bytes,
  };
}

test(`the browser is killed at ${KILLS} random moments: each upload goes on`, async ({
  browserName,
  backend,
  faults,
  serve,
  makeFile,
  folder,
}) => {
  test.skip(browserName !== 'chromium', 'A Chromium is what is killed.');
  test.setTimeout(120_000 + 60_000 * KILLS);
  const { store, bucket } = backend;
  const { journal } = store;
  const roll = dice(SEED);
  const profile = `${folder}/profile`;
  const url = await serve('harness');
  console.log(`seed ${SEED}`);
  let browser = await launchWith(profile);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const file = await makeFile(`film-${kill}.mp4`, SIZE);
    journal.clear();
    faults.intercept = ({ operation }) =>
      operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 5 * MiB } : undefined;
    const moment = momentOf(roll(), backend);
    const before = await openHarness(await browser.newPage(), url, portageServer(backend), OPTIONS);
    await before.send(file);
    await expect.poll(moment.hasCome, { intervals: [2] }).toBe(true);
    const killedAt = Date.now();
    await killBrowser(browser, profile);
    await expect.poll(() => journal.inFlight(), { message: 'what was in flight is over' }).toBe(0);
    const sent = journal.requests({ operation: 'UploadPart' });
    const inFlight = sent.filter((part) => part.state !== 'running' && part.endedAt >= killedAt).length;

    faults.intercept = () => undefined;
    browser = await launchWith(profile);
    const page = await browser.newPage();
    const after = await openHarness(page, url, portageServer(backend), OPTIONS);
    await after.send(file);
    expect(await after.finish(), moment.name).toEqual({ successful: [file.name], failed: [] });
    const resent = journal.resentBytes({ operation: 'UploadPart' });
    console.log(
      `${kill}: killed at ${moment.name}, ${inFlight} parts in flight; ${(resent / MiB).toFixed(1)} MiB sent again`,
    );
    expect(resent, moment.name).toBeLessThanOrEqual(inFlight * PART);
    const stored = store.objects(bucket).filter(({ key }) => key.endsWith(file.name));
    expect(stored, moment.name).toHaveLength(1);
    expect(await store.sha256(bucket, stored[0]?.key ?? '')).toBe(await file.sha256());
    await page.close();
  }
  await browser.close();
});
