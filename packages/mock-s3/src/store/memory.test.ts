import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { startStore } from '../test-support/start-store.ts';

const MiB = 1024 * 1024;
const SIZE = 256 * MiB;

test('holds 256 MiB on their way in and out without holding them in memory', { timeout: 60_000 }, async () => {
  const { store, client } = await startStore();
  const url = await client.presign('uploads/large', { method: 'PUT' });
  const piece = Buffer.alloc(MiB);
  const before = process.memoryUsage().rss;
  let most = 0;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage().rss - before);
  };

  const sent = request(url, { method: 'PUT', headers: { 'content-length': SIZE } });
  const answered = once(sent, 'response');
  for (let bytes = 0; bytes < SIZE; bytes += MiB) {
    if (!sent.write(piece)) await once(sent, 'drain');
    look();
  }
  sent.end();
  const [response] = await answered;
  expect(response.resume().statusCode).toBe(200);

  let received = 0;
  const download = await client.send('uploads/large');
  for await (const chunk of download.body ?? []) {
    received += chunk.length;
    look();
  }
  expect(received).toBe(SIZE);
  // Client and store share this process; were a body kept whole, it would be 256 MiB.
  expect(most).toBeLessThan(128 * MiB);
  expect(store.objects('uploads')).toMatchObject([{ size: SIZE }]);
});
