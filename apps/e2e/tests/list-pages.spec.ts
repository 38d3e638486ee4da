/** A store lists the parts of an upload page by page; an app's own signer may or may not know how to ask for the next. */
import type { Page } from '@playwright/test';
import { expect, MiB, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, uppySigner } from '../support/harness.ts';

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART };

/** Changes what the page asks its signer for, where it asks for a list of parts. */
async function onList(page: Page, change: (request: object) => object): Promise<void> {
  await page.route('**/api/sign', (route) => {
    const request = route.request().postDataJSON() as { method: string };
    return route.continue({ postData: request.method === 'GET' ? change(request) : request });
  });
}

for (const [what, change, most] of [
  ['no stored part is sent again, however many pages there are', (request: object) => ({ ...request, maxParts: 2 }), 4],
  [
    'what a signer without markers leaves unlisted is sent again, and arrives',
    (request: object) => ({ ...request, maxParts: 2, partNumberMarker: undefined }),
    9,
  ],
] as const) {
  test(what, async ({ page, backend, faults, serve, makeFile }) => {
    const { journal } = backend.store;
    faults.intercept = ({ partNumber = 0 }) =>
      partNumber > 5 ? { kind: 'bandwidth', bytesPerSecond: MiB / 2 } : undefined;
    const file = await makeFile('film.mp4', 9 * PART);
    const url = await serve('harness');
    await onList(page, change);
    const before = await openHarness(page, url, uppySigner(backend), OPTIONS);
    await before.send(file);
    await expect
      .poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length)
      .toBeGreaterThanOrEqual(5);

    const after = await openHarness(page, url, uppySigner(backend), OPTIONS);
    faults.intercept = () => undefined;
    await expectArrives(backend, after, file);
    expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
    expect(journal.requests({ operation: 'ListParts' }).length).toBeGreaterThan(1);
    expect(journal.resentBytes()).toBeLessThanOrEqual(most * PART);
  });
}
