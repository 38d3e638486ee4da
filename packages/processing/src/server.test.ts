/** From the end of an upload to its thumbnails, with a real server, store, queue and worker. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockStorage } from '@portage/mock-s3';
import { createUploads, s3 } from '@portage/server';
import { toNodeHandler } from '@portage/server/node';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { createProcessing, image, pipeline, type StatusOf } from './index.ts';
import { embeddedQueue } from './pg-boss/index.ts';

it('an upload is followed by its thumbnails, and no byte of the file passes the server', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portage-server-test-'));
  const place = await mockStorage({ bucket: 'files' });
  let fetched = 0;
  const counted: typeof fetch = async (url, init) => {
    const answer = await fetch(url, init);
    fetched += Number(answer.headers.get('content-length') ?? 0) * Number(init?.method !== 'HEAD');
    return answer;
  };
  const processing = createProcessing({
    storage: s3(place),
    queue: embeddedQueue({ folder: join(folder, 'queue') }),
    pipelines: { photos: pipeline([image({ widths: [100] })]) },
  });
  const uploads = createUploads({
    storage: s3({ ...place, fetch: counted }),
    secret: 'a secret of at least thirty-two characters',
    processing,
    routes: { photos: { anonymous: true, accept: ['image/*'], process: 'photos' } },
  });
  const server = createServer(toNodeHandler(uploads)).listen(0, '127.0.0.1');
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await processing.close();
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await processing.work();
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/photos`;
  const post = async (operation: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${base}/${operation}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };

  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const picture = sharp({ create: { width: 1500, height: 1000, channels: 3, background: '#000', noise } });
  const bytes = new Uint8Array(await picture.jpeg({ quality: 95 }).toBuffer());
  expect(bytes.length).toBeGreaterThan(500_000);
  const { files } = await post('create', { files: [{ name: 'a.jpg', size: bytes.length, type: 'image/jpeg' }] });
  const [{ token, requests }] = files;
  const { url, headers } = requests[0].request;
  const sent = await fetch(url, { method: 'PUT', headers, body: bytes });
  const { processing: asked } = await post('complete', {
    token,
    parts: [{ partNumber: 1, etag: sent.headers.get('etag') }],
  });
  const completed = performance.now();

  const events = await fetch(`${base}/status?token=${encodeURIComponent(asked)}`, {
    headers: { accept: 'text/event-stream' },
  });
  const told = (await events.text()).split('\n\n').filter((event) => event.startsWith('data: '));
  const last = JSON.parse(told.at(-1)?.slice(6) ?? '{}') as StatusOf<typeof processing, 'photos'>;
  console.log(`from the end of the upload to its thumbnail: ${Math.round(performance.now() - completed)} ms`);
  expect(last.state).toBe('done');
  if (last.steps.image.state !== 'done') throw new Error('no thumbnail');
  const [thumbnail] = last.steps.image.files;
  const shown = await fetch(thumbnail?.url ?? '');
  expect((await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).width).toBe(100);

  const received = [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0);
  // What the server reads of a stored file to judge its type is the first 4,100 bytes.
  console.log(`of ${bytes.length} bytes, the upload server received ${received} and fetched ${fetched}, calls and all`);
  expect(received + fetched).toBeLessThan(20_000);
});
