/** What `exportDiagnostics` tells of a real upload, and what it keeps to itself. */
import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { FaultRule } from '@portage/mock-s3';
import { expect, MiB, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

/** A file to write the diagnostics to. The story of `<UploadDiagnostics>` shows what was recorded so, on a slower link. */
const RECORD = process.env['PORTAGE_RECORD_DIAGNOSTICS'];

const FAILING: FaultRule[] = [
  { operation: 'UploadPart', partNumber: 2, attempt: 1, fault: { kind: 'error', code: 'SlowDown', status: 503 } },
  { operation: 'UploadPart', partNumber: 3, attempt: 1, fault: { kind: 'error', code: 'InternalError', status: 500 } },
];
const SLOW: FaultRule[] = [
  {
    fault: [
      { kind: 'latency', ms: 60, jitter: 40 },
      { kind: 'bandwidth', bytesPerSecond: 8 * MiB, shared: true },
    ],
  },
  { operation: 'UploadPart', partNumber: 9, attempt: 1, fault: { kind: 'slow_response', ms: 14_000 } },
  { operation: 'UploadPart', partNumber: 14, attempt: [1, 2], fault: { kind: 'reset_peer', afterBytes: 4 * MiB } },
];

/** Everything secret that the page sees on the wire: tokens, keys, signatures, credentials, ETags, header values. */
function listenForSecrets(page: Page): Set<string> {
  const secrets = new Set<string>();
  const keep = (text: string | null | undefined) => text && text.length > 6 && secrets.add(text);
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!url.search.includes('X-Amz-')) return;
    keep(url.host);
    keep(url.pathname.split('/').at(-1));
    for (const name of ['X-Amz-Signature', 'X-Amz-Credential', 'uploadId']) keep(url.searchParams.get(name));
  });
  page.on('response', async (response) => {
    if (/\/(create|sign|complete)$/.test(response.url())) {
      for (const text of stringsOf(await response.json().catch(() => undefined))) keep(text);
    } else keep(await response.headerValue('etag').catch(() => null));
  });
  return secrets;
}

/** Names of fields say nothing; neither do words that the format has too. */
function stringsOf(json: unknown): string[] {
  if (typeof json === 'string')
    return /^(single|multipart|CRC64NVME|multipart\/.*|application\/.*)$/.test(json) ? [] : [json];
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(stringsOf) : [];
}

test('the diagnostics of an upload tell what happened, and hold no name, key, address, token or signature', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  backend.store.faults.set(RECORD ? [...SLOW, ...FAILING] : FAILING);
  const file = await makeFile('Confidential merger plan.mp4', RECORD ? 150 * MiB : 30 * MiB);
  const secrets = listenForSecrets(page);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  if (RECORD) {
    // The story shows a pause in the midst, until what was on its way has ended.
    const { journal } = backend.store;
    const stored = () => journal.requests({ operation: 'UploadPart', status: 200 }).length;
    await expect.poll(stored).toBeGreaterThan(8);
    await page.evaluate(() => window.harness.uppy.pauseAll());
    await expect.poll(() => journal.requests({ state: 'running' }).length).toBe(0);
    await page.evaluate(() => window.harness.uppy.resumeAll());
  }
  const { failed } = await uploading.finish();
  const diagnostics = await page.evaluate(async () => {
    const { uppy, plugin } = window.harness;
    return plugin.exportDiagnostics(uppy.getFiles()[0]?.id ?? '');
  });
  if (!diagnostics) throw new Error('Nothing was recorded.');
  const text = JSON.stringify(diagnostics);
  if (RECORD) await writeFile(RECORD, `${text}\n`);

  expect(failed).toEqual([]);
  expect(diagnostics).toMatchObject({ version: 1, status: 'complete', file: { size: file.size, extension: 'mp4' } });
  expect(diagnostics.versions.browser).toContain('Chrome');
  const stored = diagnostics.attempts.filter(([, , , , , outcome]) => outcome === 'stored');
  expect(new Set(stored.map(([partNumber]) => partNumber)).size).toBe(diagnostics.plan?.parts);
  expect(diagnostics.totals.outcomes).toMatchObject({ 'store 503 SlowDown': 1, 'store 500 InternalError': 1 });
  expect(diagnostics.totals.retries).toBeGreaterThanOrEqual(2);
  expect(diagnostics.calls.map(([step]) => step)).toEqual(expect.arrayContaining(['create', 'complete']));
  expect(diagnostics.samples.moved.reduce((sum, bytes) => sum + bytes, 0)).toBe(file.size);

  // Signatures, tokens, ETags and keys of two parts at least were seen, so the search means something.
  expect(secrets.size).toBeGreaterThan(10);
  expect([...secrets, 'Confidential', 'merger', 'http'].filter((secret) => text.includes(secret))).toEqual([]);
});
