import { expect, test } from 'vitest';
import { outcome } from '../../test-support/client.ts';
import { startStore } from '../../test-support/start-store.ts';

test('lets nobody in without a signature, and takes no public ACL, as buckets at AWS today', async () => {
  const { store, client } = await startStore();
  const acl = { 'x-amz-acl': 'public-read' };
  expect(await outcome(client.put('uploads?acl', '', acl))).toBe('400 AccessControlListNotSupported');
  expect(await outcome(client.put('other', '', acl))).toBe('400 AccessControlListNotSupported');
  expect(store.buckets()).toEqual(['uploads']);
  expect(await outcome(fetch(`${store.endpoint}/uploads`))).toBe('403 AccessDenied');
});

test('opens a bucket for reading, or for writing too, where the store that it mimics does', async () => {
  const { store, client } = await startStore({ mimic: 'ceph' });
  await client.put('uploads/a', 'hello');
  const put = () => fetch(`${store.endpoint}/uploads/b`, { method: 'PUT', body: 'x' });
  await client.put('uploads?acl', '', { 'x-amz-acl': 'public-read' });
  expect(await (await fetch(`${store.endpoint}/uploads/a`)).text()).toBe('hello');
  expect(await outcome(put())).toBe('403 AccessDenied');
  await client.put('uploads?acl', '', { 'x-amz-acl': 'public-read-write' });
  expect(await outcome(put())).toBe('200');
  expect(await (await client.send('uploads?acl')).text()).toContain('AllUsers');
  const form = new FormData();
  form.set('key', 'posted');
  form.set('file', new Blob(['x']));
  expect((await fetch(`${store.endpoint}/uploads`, { method: 'POST', body: form })).status).toBe(204);
  await client.put('uploads?acl', '', { 'x-amz-acl': 'private' });
  expect(await outcome(fetch(`${store.endpoint}/uploads/a`))).toBe('403 AccessDenied');
});

test('a wrong signature is no missing one', async () => {
  const { store, client } = await startStore({ mimic: 'ceph' });
  await client.put('uploads?acl', '', { 'x-amz-acl': 'public-read' });
  const headers = { authorization: 'AWS4-HMAC-SHA256 nonsense' };
  expect((await fetch(`${store.endpoint}/uploads`, { headers })).status).toBe(400);
});
