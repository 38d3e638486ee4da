/** What a page has compressed is stored as that, and looked at as what is in it. */
import { gzipSync } from 'node:zlib';
import { createMockS3 } from '@portage/mock-s3';
import { afterEach, expect, it } from 'vitest';
import * as files from '../../protocol/test/files.ts';
import { BUCKET, type Harness, sendAll, startServer } from '../test/harness.ts';
import { PROFILES, type Route, s3 } from './index.ts';

let server: Harness;
afterEach(() => server[Symbol.asyncDispose]());

const TABLE = Array.from({ length: 500 }, (_, index) => `${index},a line of a table\n`).join('');
const packed = (content: string | Uint8Array) => new Uint8Array(gzipSync(content));

async function upload(bytes: Uint8Array<ArrayBuffer>) {
  const intent = { name: 'table.csv', type: 'text/csv', size: bytes.length, contentEncoding: 'gzip' };
  const created = await server.create(intent);
  return server.complete(created.token, await sendAll(created, bytes));
}

const stored = () => server.store.objects(BUCKET);

it('has `Content-Encoding`, so that whoever loads it gets the text', async () => {
  const told: unknown[] = [];
  const onComplete: Route['onComplete'] = (file) => void told.push(file);
  server = await startServer({ routes: { files: { gzip: true, accept: ['text/csv'], onComplete } } });
  const bytes = packed(TABLE);
  const { status, body } = await upload(bytes);
  expect([status, body.size]).toEqual([200, bytes.length]);
  expect(told).toMatchObject([{ contentEncoding: 'gzip', type: 'text/csv', size: bytes.length }]);
  const [object] = stored();
  expect(object?.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/csv' });
  const url = await s3({
    ...{ endpoint: server.store.endpoint, bucket: BUCKET, region: server.store.region },
    credentials: server.store.credentials[0],
  }).signGet({ key: object?.key ?? '', lifetime: 60 });
  expect(await (await fetch(url)).text()).toBe(TABLE);
});

it('keeps it where the object is copied once it is checked', async () => {
  await using store = await createMockS3({ buckets: [BUCKET] });
  const { endpoint, region, credentials } = store;
  const profile = { ...PROFILES.mock, takesLateParts: true };
  const storage = s3({ endpoint, region, bucket: BUCKET, credentials: credentials[0], profile });
  server = await startServer({ storage, routes: { files: { gzip: true } } });
  expect((await upload(packed(TABLE))).status).toBe(200);
  expect(store.objects(BUCKET).map(({ headers }) => headers['content-encoding'])).toEqual(['gzip']);
});

it.each([
  ['a program', packed(files.EXE)],
  ['a page', packed(files.HTML)],
  ['what is not compressed', new TextEncoder().encode(TABLE)],
])('%s in the place of a table is deleted before anyone sees it', async (_, bytes) => {
  server = await startServer({ routes: { files: { gzip: true, accept: ['text/csv'] } } });
  const { status, body } = await upload(bytes);
  expect([status, body.error.code]).toEqual([415, 'type-refused']);
  expect(stored()).toEqual([]);
});

it('is taken only where the route says so, and the route says so to the page', async () => {
  server = await startServer({ routes: { files: {}, texts: { gzip: true } } });
  const intent = { name: 'a.csv', type: 'text/csv', size: 10, contentEncoding: 'gzip' };
  const { body } = await server.post<{ files: unknown[] }>('/files/create', { files: [intent] });
  expect(body.files).toMatchObject([{ error: { code: 'bad-request', hint: expect.stringContaining('gzip: true') } }]);
  const limits = async (route: string): Promise<unknown> => (await fetch(`${server.url}/${route}`)).json();
  expect(await limits('files')).not.toHaveProperty('gzip');
  expect(await limits('texts')).toMatchObject({ gzip: true });
});
