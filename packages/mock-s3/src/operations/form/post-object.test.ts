import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { MockS3 } from '../../start/mock-s3.ts';
import { outcome } from '../../test-support/client.ts';
import { startStore } from '../../test-support/start-store.ts';

const EXPIRES = '2999-01-01T00:00:00Z';

/** A signed form. @param conditions - Beside those on the credential, the date and the algorithm. */
function form(
  store: MockS3,
  fields: Record<string, string>,
  conditions: readonly unknown[],
  { expiration = EXPIRES, content = 'hello' } = {},
): FormData {
  const [{ accessKeyId, secretAccessKey }] = store.credentials;
  const signing = {
    'x-amz-credential': `${accessKeyId}/20260101/${store.region}/s3/aws4_request`,
    'x-amz-date': '20260101T000000Z',
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
  };
  const all = [{ bucket: 'uploads' }, ...Object.entries(signing).map(([k, v]) => ({ [k]: v })), ...conditions];
  const policy = Buffer.from(JSON.stringify({ expiration, conditions: all })).toString('base64');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = ['20260101', store.region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const data = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...signing, policy })) data.append(name, value);
  data.append('x-amz-signature', hmac(key, policy).toString('hex'));
  data.append('file', new Blob([content], { type: 'text/plain' }), 'photo.txt');
  return data;
}

const post = (store: MockS3, body: FormData) =>
  fetch(`${store.endpoint}/uploads`, { method: 'POST', body, redirect: 'manual' });

const KEY = ['starts-with', '$key', 'user/'];

test('takes a form whose policy allows it', async () => {
  const { store, client } = await startStore();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder.
  const fields = { key: 'user/${filename}', 'x-amz-meta-owner': 'ada', success_action_status: '201' };
  const conditions = [
    KEY,
    { 'x-amz-meta-owner': 'ada' },
    ['eq', '$success_action_status', '201'],
    ['content-length-range', 1, 10],
  ];
  expect((await post(store, form(store, fields, conditions))).status).toBe(201);
  const got = await client.send('uploads/user/photo.txt');
  expect([await got.text(), got.headers.get('content-type'), got.headers.get('x-amz-meta-owner')]).toEqual([
    'hello',
    'text/plain',
    'ada',
  ]);
});

test('sends the page on where the form says', async () => {
  const { store } = await startStore();
  const fields = { key: 'user/a', success_action_redirect: 'https://app.example.com/done' };
  const response = await post(store, form(store, fields, [KEY, ['starts-with', '$success_action_redirect', '']]));
  expect([response.status, response.headers.get('location')]).toEqual([
    303,
    expect.stringContaining('https://app.example.com/done?bucket=uploads&key=user%2Fa&etag='),
  ]);
});

test.each([
  ['a key that the policy forbids', { key: 'other/a' }, [KEY], {}, '403 AccessDenied'],
  ['a field that it does not name', { key: 'user/a', acl: 'private' }, [KEY], {}, '403 AccessDenied'],
  ['an expired policy', { key: 'user/a' }, [KEY], { expiration: '2020-01-01T00:00:00Z' }, '403 AccessDenied'],
  ['too many bytes', { key: 'user/a' }, [KEY, ['content-length-range', 1, 4]], {}, '400 EntityTooLarge'],
  ['too few bytes', { key: 'user/a' }, [KEY, ['content-length-range', 10, 20]], {}, '400 EntityTooSmall'],
  ['a condition that is none', { key: 'user/a' }, [['is', 'key', 'x']], {}, '400 InvalidPolicyDocument'],
])('refuses a form with %s, and keeps nothing', async (_, fields, conditions, options, expected) => {
  const { store } = await startStore();
  expect(await outcome(post(store, form(store, fields, conditions, options)))).toBe(expected);
  expect(store.objects('uploads')).toEqual([]);
});

test('refuses a form that nobody signed, or that was changed since', async () => {
  const { store } = await startStore();
  const changed = form(store, { key: 'user/a' }, [KEY]);
  changed.set('x-amz-signature', '0'.repeat(64));
  expect(await outcome(post(store, changed))).toBe('403 SignatureDoesNotMatch');
  const unsigned = new FormData();
  unsigned.append('key', 'user/a');
  expect(await outcome(post(store, unsigned))).toBe('400 IncorrectNumberOfFilesInPostRequest');
  unsigned.append('file', new Blob(['x']));
  expect(await outcome(post(store, unsigned))).toBe('403 AccessDenied');
  const noForm = fetch(`${store.endpoint}/uploads`, { method: 'POST', body: 'x' });
  expect(await outcome(noForm)).toBe('400 MalformedPOSTRequest');
});

test('takes fields that have file names, and forms of long ago', async () => {
  const { store } = await startStore();
  const [{ accessKeyId, secretAccessKey }] = store.credentials;
  const conditions = [{ bucket: 'uploads' }, KEY];
  const policy = Buffer.from(JSON.stringify({ expiration: EXPIRES, conditions })).toString('base64');
  const data = new FormData();
  const signature = createHmac('sha1', secretAccessKey).update(policy).digest('base64');
  for (const [name, value] of Object.entries({ key: 'user/a', AWSAccessKeyId: accessKeyId, policy, signature })) {
    data.append(name, new Blob([value]), name);
  }
  data.append('file', new Blob(['hello']), 'a');
  expect((await post(store, data)).status).toBe(204);
  data.set('signature', 'wrong');
  expect((await post(store, data)).status).toBe(403);
});
