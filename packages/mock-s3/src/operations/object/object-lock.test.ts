import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { outcome } from '../../test-support/client.ts';
import { startStore } from '../../test-support/start-store.ts';

const LOCK = {
  'x-amz-object-lock-mode': 'GOVERNANCE',
  'x-amz-object-lock-retain-until-date': new Date(Date.now() + 86_400_000).toISOString(),
};
const md5 = (text: string) => ({ 'content-md5': createHash('md5').update(text).digest('base64') });

async function lockable(options: Parameters<typeof startStore>[0] = {}) {
  const started = await startStore(options);
  const made = started.client.put('locked', '', { 'x-amz-bucket-object-lock-enabled': 'true' });
  expect(await outcome(made)).toBe('200');
  return started;
}

test('what becomes locked must come with a sum of its bytes: an object, and each part', async () => {
  const { client } = await lockable();
  expect(await outcome(client.put('locked/a', 'hello', LOCK))).toBe('400 InvalidRequest');
  expect(await outcome(client.put('locked/a', 'hello', { ...LOCK, ...md5('hello') }))).toBe('200');
  const uploadId = await client.createUpload('locked/b', LOCK);
  const part = `locked/b?partNumber=1&uploadId=${uploadId}`;
  expect(await outcome(client.put(part, 'hello'))).toBe('400 InvalidRequest');
  expect(await outcome(client.put(part, 'hello', { 'x-amz-checksum-crc32': 'NhCmhg==' }))).toBe('200');
  // Without a lock there is no need for one, nor for a copy, which has no bytes.
  expect(await outcome(client.put('locked/c', 'hello'))).toBe('200');
  const copy = client.put('locked/d', '', { 'x-amz-copy-source': 'locked/c', ...LOCK });
  expect(await outcome(copy)).toBe('200');
  const head = async (key: string) => (await client.send(`locked/${key}`, { method: 'HEAD' })).headers;
  expect((await head('d')).get('x-amz-object-lock-mode')).toBe('GOVERNANCE');
  // A copy has a lock of its own, or none.
  await client.put('locked/e', '', { 'x-amz-copy-source': 'locked/d' });
  expect((await head('e')).get('x-amz-object-lock-mode')).toBeNull();
});

test.each(['ceph', 'ceph-16', 'swift', 'swift-2.38'] as const)('%s asks for no such sum', async (mimic) => {
  const { client } = await lockable({ mimic });
  expect(await outcome(client.put('locked/a', 'hello', LOCK))).toBe('200');
  const uploadId = await client.createUpload('locked/b', LOCK);
  expect(await outcome(client.put(`locked/b?partNumber=1&uploadId=${uploadId}`, 'hello'))).toBe('200');
});

test("a bucket's default locks what says nothing, so that needs a sum too", async () => {
  const { client } = await lockable();
  const rule = '<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>1</Days></DefaultRetention></Rule>';
  const body = `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>${rule}</ObjectLockConfiguration>`;
  expect(await outcome(client.put('locked?object-lock', body))).toBe('200');
  expect(await outcome(client.put('locked/a', 'hello'))).toBe('400 InvalidRequest');
  expect(await outcome(client.put('locked/a', 'hello', md5('hello')))).toBe('200');
  const { headers } = await client.send('locked/a', { method: 'HEAD' });
  expect(headers.get('x-amz-object-lock-mode')).toBe('COMPLIANCE');
});

test('a locked version cannot be deleted, a marker covers it; in GOVERNANCE who may bypass can', async () => {
  const { client } = await lockable();
  const put = await client.put('locked/a', 'hello', { ...LOCK, ...md5('hello') });
  const version = `locked/a?versionId=${put.headers.get('x-amz-version-id')}`;
  const remove = (headers = {}) => outcome(client.send(version, { method: 'DELETE', headers }));
  expect(await remove()).toBe('403 AccessDenied');
  expect(await outcome(client.send('locked/a', { method: 'DELETE' }))).toBe('204');
  expect(await (await client.send(version)).text()).toBe('hello');
  expect(await remove({ 'x-amz-bypass-governance-retention': 'true' })).toBe('204');
});

test('a bucket without Object Lock takes no lock', async () => {
  const { client } = await startStore();
  expect(await outcome(client.put('uploads/a', 'hello', { ...LOCK, ...md5('hello') }))).toBe('400 InvalidRequest');
  expect(await outcome(client.send('uploads?object-lock'))).toBe('404 ObjectLockConfigurationNotFoundError');
});

test('a legal hold keeps a version until it is taken off', async () => {
  const { client } = await lockable();
  const put = await client.put('locked/a', 'hello', { 'x-amz-object-lock-legal-hold': 'ON', ...md5('hello') });
  const version = `locked/a?versionId=${put.headers.get('x-amz-version-id')}`;
  const remove = () => outcome(client.send(version, { method: 'DELETE' }));
  expect(await remove()).toBe('403 AccessDenied');
  expect(await (await client.send('locked/a?legal-hold')).text()).toContain('<Status>ON</Status>');
  const off = '<LegalHold><Status>OFF</Status></LegalHold>';
  expect(await outcome(client.put('locked/a?legal-hold', off))).toBe('200');
  expect(await (await client.send('locked/a')).text()).toBe('hello');
  expect(await remove()).toBe('204');
});
