/** The server and the store know nothing of each other; this package knows both. */
import { mockStorage } from '@portage/mock-s3';
import { createUploads, s3 } from '@portage/server';
import { expect, onTestFinished, test } from 'vitest';

test('the embedded store is all that an upload server needs for development', async () => {
  const storage = await mockStorage();
  onTestFinished(() => storage.close());
  const uploads = createUploads({
    storage: s3(storage),
    secret: 'a secret for development, 32 characters or more',
    routes: { files: { anonymous: true } },
  });
  const call = async (operation: string, body: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return (await uploads(new Request(`http://localhost/files/${operation}`, init))).json();
  };
  const { files } = await call('create', { files: [{ name: 'a.txt', size: 5, type: 'text/plain' }] });
  const [{ token, requests }] = files;
  const { method, url, headers } = requests[0].request;
  const sent = await fetch(url, { method, headers, body: new TextEncoder().encode('hello') });
  await call('complete', { token, parts: [{ partNumber: 1, etag: sent.headers.get('etag') }] });
  expect(storage.store.objects(storage.bucket)).toMatchObject([{ size: 5 }]);
});
