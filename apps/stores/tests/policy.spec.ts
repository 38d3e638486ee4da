/** The policy of docs/deployment.md, given to somebody who owns nothing: it is enough for a server, and each action is needed. */
import { readFileSync } from 'node:fs';
import type { Created } from '@portage/protocol';
import { createUploads, s3, type Uploads } from '@portage/server';
import { askerOf, said } from '../src/asking.ts';
import { expect, MiB, test } from '../src/fixtures.ts';
import type { RealStore } from '../src/real-store.ts';

const page = readFileSync(new URL('../../../docs/deployment.md', import.meta.url), 'utf8');
const [, printed = ''] = /`policy\.json`:\n\n```json\n(.*?)^```/ms.exec(page) ?? [];

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: string;
}
const statements: readonly Statement[] = JSON.parse(printed).Statement;
const USED = ['Uploads', 'TellsMissingFromForbidden', 'AbortStale'];
const used = statements.filter(({ Sid }) => USED.includes(Sid));
const actions = used.flatMap(({ Action, Resource }) => [Action].flat().map((action) => ({ action, Resource })));

const PNG = Buffer.concat([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
]);

test('the printed policy is enough, and each of its actions is needed', async ({ place: { store, asker }, note }) => {
  const { stranger } = store as Required<RealStore>;
  const give = async (denied?: (typeof actions)[number]) => {
    const Principal = { AWS: [stranger.principal] };
    const resource = (name: string) => name.replace('my-bucket', asker.bucket);
    const Statement = [
      ...used.map((each) => ({ ...each, Principal, Resource: resource(each.Resource), Effect: 'Allow' })),
      // Of its own objects a user may do everything by their ACL, so that an action is taken away by name.
      ...(denied ? [{ Principal, Action: denied.action, Resource: resource(denied.Resource), Effect: 'Deny' }] : []),
    ];
    const body = JSON.stringify({ Version: '2012-10-17', Statement });
    expect(said(await asker.send({ method: 'PUT', query: 'policy', body }))).toMatch(/^20[04]/);
  };
  const { endpoint, region, profile } = store;
  const { accessKeyId, secretAccessKey } = stranger;
  const storage = s3({
    endpoint,
    region,
    profile,
    bucket: asker.bucket,
    credentials: { accessKeyId, secretAccessKey },
  });
  const failures = () => failuresOf(storage);

  expect(said(await askerOf({ ...store, ...stranger }, asker.bucket).send({ query: 'list-type=2' }))).toBe(
    '403 AccessDenied',
  );
  await give();
  expect(await failures()).toEqual([]);
  for (const denied of actions) {
    await give(denied);
    const failed = await failures();
    note({
      table: 'What fails without an action of the policy',
      row: denied.action,
      column: '',
      value: failed.join(', '),
    });
    expect(failed, denied.action).not.toEqual([]);
  }
});

/** What of a server's work does not succeed. */
async function failuresOf(storage: ReturnType<typeof s3>): Promise<string[]> {
  const uploads = createUploads({
    storage,
    secret: 'a secret for tests, and for nothing else',
    onError: () => undefined,
    routes: {
      files: { anonymous: true, accept: ['image/*'] },
      named: { anonymous: true, key: ({ name }) => name, overwrite: true },
    },
  });
  const call = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', 'portage-timeout': '4000' };
    const request = new Request(`http://localhost/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const response = await uploads(request);
    return { status: response.status, body: await response.json() };
  };
  const create = async (route: string, size: number): Promise<Created> => {
    const { body } = await call(`${route}/create`, {
      files: [{ name: 'a.png', size, type: 'image/png', partSize: 5 * MiB }],
    });
    return body.files[0];
  };
  const upload = async (route: string, bytes: Buffer) => {
    const created = await create(route, bytes.length);
    const parts = await Promise.all(
      created.requests.map(async ({ partNumber, request: { method, url, headers } }) => {
        const body = new Uint8Array(bytes.subarray((partNumber - 1) * created.partSize, partNumber * created.partSize));
        const etag = (await fetch(url, { method, headers, body })).headers.get('etag');
        return { partNumber, etag };
      }),
    );
    const { status, body } = await call(`${route}/complete`, { token: created.token, parts });
    if (status !== 200) throw new Error(`${status}`);
    return body.key as string;
  };
  const steps: Record<string, () => Promise<unknown>> = {
    'a small file': () => upload('files', PNG),
    'a file in parts': () => upload('files', Buffer.concat([PNG, Buffer.alloc(11 * MiB)])),
    'a file over another': () => upload('named', PNG).then(() => upload('named', PNG)),
    'going on': async () =>
      expect((await call('files/parts', { token: (await create('files', MiB)).token })).status).toBe(200),
    'giving up': async () =>
      expect((await call('files/abort', { token: (await create('files', MiB)).token })).status).toBe(200),
    'a list': () => keysOf(uploads),
    'an address': async () => {
      const key = await upload('files', PNG);
      expect((await fetch(await uploads.files('files', 'everybody').url(key))).status).toBe(200);
    },
    'a removal': async () => uploads.files('files', 'everybody').delete(await upload('files', PNG)),
    'a sweep': async () => expect(await uploads.abortStale({ olderThan: 0 })).toMatchObject({ failed: 0, skipped: [] }),
  };
  const failed: string[] = [];
  for (const [name, step] of Object.entries(steps)) await step().catch(() => failed.push(name));
  return failed;
}

async function keysOf(uploads: Uploads): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of uploads.files('files', 'everybody').list()) keys.push(key);
  return keys;
}
