/** What a file costs in requests to the store: the README lists what was counted. */
import { readFileSync } from 'node:fs';
import { createMockS3 } from '@portage/mock-s3';
import { expect, it } from 'vitest';
import { PNG } from '../../protocol/test/files.ts';
import { BUCKET, bytesOf, file, MiB, sendAll, startServer } from '../test/harness.ts';
import { PROFILES, type Route, type StoreProfile, s3 } from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const list = /<!-- requests -->\n\n(.*?)\n\n/s.exec(readme)?.[1]?.replaceAll(/\n +/g, ' ') ?? '';
const rows = [...list.matchAll(/^- (?<name>.*?): (?<all>\d+)\. Page: (?<page>.*?)\. Server: (?<own>.*?)\.$/gm)].map(
  ({ groups }) => groups,
);

const ownKey = { key: ({ name }: { name: string }) => name };
const late: StoreProfile = { ...PROFILES.generic, takesLateParts: true };
const SMALL = file('a.png', PNG.length, { type: 'image/png' });
const CASES: Record<string, [route: Partial<Route>, profile: StoreProfile, intent: typeof SMALL]> = {
  'a small file': [{}, PROFILES.mock, SMALL],
  'a file of three parts': [{}, PROFILES.mock, file('a.mov', 11 * MiB, { partSize: 5 * MiB })],
  'a small file, `accept`': [{ accept: ['image/*'] }, PROFILES.mock, SMALL],
  'a small file, own `key`, the store does not keep others out': [ownKey, PROFILES.generic, SMALL],
  'a small file, own `key` and `overwrite`': [{ ...ownKey, overwrite: true }, PROFILES.mock, SMALL],
  'a small file, the store takes late parts': [{}, late, SMALL],
};

it('the README has a row for each', () => {
  expect(rows.map((row) => row?.['name'])).toEqual(Object.keys(CASES));
});

it.each(Object.entries(CASES))('%s', async (name, [route, profile, intent]) => {
  await using store = await createMockS3({ buckets: [BUCKET] });
  const { endpoint, credentials } = store;
  const storage = s3({ endpoint, bucket: BUCKET, credentials: credentials[0], profile });
  await using server = await startServer({ storage, routes: { files: { anonymous: true, ...route } as Route } });
  const created = await server.create(intent);
  const bytes = bytesOf(intent.size);
  bytes.set(PNG);
  const { status } = await server.complete(created.token, await sendAll(created, bytes));
  expect(status).toBe(200);
  const operations = store.journal.requests().map(({ operation }) => operation);
  const byPage = operations.filter((operation) => operation === 'UploadPart');
  const byServer = operations.filter((operation) => operation !== 'UploadPart');
  const row = rows.find((each) => each?.['name'] === name);
  expect([row?.['page'], row?.['own'], row?.['all']]).toEqual([
    byPage.length > 1 ? `${byPage.length} × UploadPart` : 'UploadPart',
    byServer.join(', '),
    String(operations.length),
  ]);
});
