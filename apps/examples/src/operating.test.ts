import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { createMockS3, type MockS3 } from '@portage/mock-s3';
import { createUploads, type Route, s3, type UploadsOptions } from '@portage/server';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { bullQueue } from './bullmq-queue.ts';
import { rateLimit } from './rate-limit.ts';
import { redisReservations } from './reservations.ts';
import { scanWithClamd } from './scan.ts';
import { metrics, scrape, spans } from './telemetry.ts';

const BUCKET = 'uploads';
let store: MockS3;
beforeAll(async () => {
  store = await createMockS3({ buckets: [BUCKET] });
});
afterAll(() => store.close());

/** An upload server of one route, and a way to call it. */
function serve(route: Route, options: Partial<UploadsOptions> = {}) {
  const { endpoint, credentials, region } = store;
  const uploads = createUploads({
    storage: s3({ endpoint, region, bucket: BUCKET, credentials: credentials[0], forcePathStyle: true }),
    secret: 'a secret of at least thirty-two characters',
    routes: { files: route },
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    onError: (error) => failures.push(error),
    ...options,
  });
  const failures: unknown[] = [];
  const call = async (operation: string, body: object, headers: Record<string, string> = {}) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    };
    const response = await uploads(new Request(`http://app.example/files/${operation}`, init));
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const create = (size: number) => call('create', { files: [{ name: 'a.txt', size, type: 'text/plain' }] });
  async function upload(content: string, headers: Record<string, string> = {}) {
    const { body } = await call('create', { files: [{ name: 'a.txt', size: content.length, type: '' }] }, headers);
    const [{ token, requests }] = body.files;
    const { url, method } = requests[0].request;
    const etag = (await fetch(url, { method, body: content })).headers.get('etag');
    return call('complete', { token, parts: [{ partNumber: 1, etag }] }, headers);
  }
  return { call, create, upload, failures };
}

it('rate-limiter-flexible limits the files of a minute and the bytes of an hour', async () => {
  const { create, call } = serve({ authorize: () => ({ userId: 'ann' }), maxSize: 200 * 1024 ** 3 }, { rateLimit });
  expect((await create(60 * 1024 ** 3)).status).toBe(200);
  const refused = await create(60 * 1024 ** 3);
  expect([refused.status, refused.body.error.code]).toEqual([429, 'rate-limited']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000);
  // What was refused has cost nothing: there is room for a smaller one, and what is under way is not held up.
  expect((await create(30 * 1024 ** 3)).status).toBe(200);
  expect((await call('sign', { token: 'x', parts: [1] })).status).toBe(403);
});

it('OpenTelemetry has a span for each call, in the trace of the caller, and one for each hook; prom-client the numbers', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
  onTestFinished(async () => {
    await provider.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
  });
  let within: string | undefined;
  const onComplete = () => {
    within = trace.getActiveSpan()?.spanContext().traceId;
  };
  const { upload } = serve({ anonymous: true, onComplete }, { spans, observe: metrics.observe });
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const { status } = await upload('hello', { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
  expect([status, within]).toEqual([200, traceId]);
  // A span ends after its work, which is when the response is on its way.
  await vi.waitFor(() => expect(exporter.getFinishedSpans().map(({ name }) => name)).toContain('uploads complete'));
  const finished = exporter.getFinishedSpans();
  const complete = finished.find(({ name }) => name === 'uploads complete');
  const hook = finished.find(({ name }) => name === 'uploads onComplete');
  expect(complete?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  expect(hook?.parentSpanContext?.spanId).toBe(complete?.spanContext().spanId);
  expect(finished.every((span) => span.spanContext().traceId === traceId)).toBe(true);
  const text = await scrape();
  expect(text).toContain('portage_uploads_completed_total 1');
  expect(text).toMatch(/portage_call_duration_seconds_bucket\{operation="complete",le="\+Inf"\} 1/);
});

/** Starts a program and waits until its output says so. */
async function start(command: string, args: readonly string[], ready: RegExp) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill());
  await new Promise<void>((resolve, reject) => {
    let said = '';
    const hear = (data: Buffer) => {
      said += data;
      if (ready.test(said)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject).on('exit', (code) => reject(new Error(`${command} ended with ${code}: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'portage-examples-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

const has = (command: string) => spawnSync('which', [command]).status === 0;
const redis = ['valkey-server', 'redis-server'].find(has);

describe.skipIf(redis === undefined)('reservations in Redis or Valkey', () => {
  it('keep two servers together below a quota, and end with their time', { timeout: 30_000 }, async () => {
    const port = await freePort();
    await start(
      redis ?? '',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', await folder()],
      /Ready to accept/,
    );
    const client = await createClient({ url: `redis://127.0.0.1:${port}` }).connect();
    onTestFinished(() => client.destroy());
    const reservations = redisReservations(client);
    const route: Route = { authorize: () => ({ userId: 'ann' }), quota: () => 10 };
    const servers = [serve(route, { reservations }), serve(route, { reservations })];
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => servers[i % 2]?.create(3)));
    const given = answers.filter((answer) => answer?.body.files[0].error === undefined);
    expect(given.length).toBeGreaterThan(0);
    expect(given.length).toBeLessThanOrEqual(3);

    const now = Date.now();
    await reservations.release('bob', ['x']);
    expect(await reservations.hold('bob', [{ id: 'a', bytes: 7 }], now + 60_000)).toBe(0);
    expect(await reservations.hold('bob', [{ id: 'b', bytes: 1 }], now + 60_000)).toBe(7);
    await reservations.release('bob', ['a']);
    expect(await reservations.hold('bob', [{ id: 'c', bytes: 5 }], now - 1)).toBe(1);
    expect(await reservations.hold('bob', [], now + 60_000)).toBe(0);
  });
});

describe.skipIf(redis === undefined)('a queue of processing in Redis or Valkey', () => {
  it('gives each job once, a failed one again, and one that is over only where it is asked for', {
    timeout: 60_000,
  }, async () => {
    const port = await freePort();
    await start(
      redis ?? '',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', await folder()],
      /Ready to accept/,
    );
    const queue = bullQueue({ host: '127.0.0.1', port });
    onTestFinished(() => queue.close());
    await queue.open('photos', { seconds: 60, attempts: 2 });
    const jobs = Array.from({ length: 10 }, (_, number) => ({ id: randomUUID(), data: { number } }));
    const [first, second] = jobs;
    if (!first || !second) throw new Error('no jobs');
    for (const job of [...jobs, ...jobs]) await queue.add('photos', job);
    expect(await queue.counts('photos')).toEqual({ waiting: 10, running: 0, done: 0, failed: 0 });
    const attempts: string[] = [];
    await queue.work('photos', 2, async ({ data, attempt, isLast }) => {
      const { number } = data as { number: number };
      attempts.push(`${number}: ${attempt}${isLast ? ', the last' : ''}`);
      if (number === 0) throw new Error('no');
    });
    await expect.poll(() => queue.counts('photos'), { timeout: 30_000 }).toMatchObject({ done: 9, failed: 1 });
    expect(attempts.filter((text) => text.startsWith('0:'))).toEqual(['0: 1', '0: 2, the last']);
    expect([await queue.state('photos', first.id), await queue.state('photos', second.id)]).toEqual(['failed', 'done']);
    expect(await queue.state('photos', randomUUID())).toBeUndefined();
    await queue.add('photos', second);
    await queue.add('photos', second, { again: true });
    await expect.poll(() => attempts.filter((text) => text.startsWith('1:'))).toEqual(['1: 1', '1: 1']);
  });
});

const clamd = ['/usr/sbin/clamd', '/usr/local/sbin/clamd'].find(existsSync);

describe.skipIf(clamd === undefined)('a running clamd', () => {
  it('keeps what it knows from being told of, and lets the rest through', { timeout: 60_000 }, async () => {
    const path = await folder();
    const socket = join(path, 'clamd.sock');
    // A signature of our own, in clamd's own format: the hex of some words. Real ones come from freshclam.
    const words = 'what nobody should upload';
    await writeFile(join(path, 'own.ndb'), `Example.Harmful:0:*:${Buffer.from(words).toString('hex')}\n`);
    const settings = { LocalSocket: socket, DatabaseDirectory: path, Foreground: 'yes', StreamMaxLength: '1M' };
    const config = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
    await writeFile(join(path, 'clamd.conf'), config.join(''));
    await start(
      clamd ?? '',
      ['--config-file', join(path, 'clamd.conf')],
      /Self checking|Listening daemon|Set stacksize/,
    );
    await expect.poll(() => existsSync(socket), { timeout: 30_000 }).toBe(true);

    const told: string[] = [];
    const onComplete = ({ key }: { key: string }) => void told.push(key);
    const scan: NonNullable<Route['scan']> = (file) => scanWithClamd(file, { path: socket });
    const { upload, failures } = serve({ anonymous: true, scan, onComplete });
    expect((await upload('hello, world')).status).toBe(200);
    expect(told).toHaveLength(1);
    const refused = await upload(`hello: ${words}`);
    expect([refused.status, refused.body.error?.code]).toEqual([422, 'scan-refused']);
    // Longer than clamd was told to look: nobody has looked at it, so nobody is told of it.
    expect((await upload('x'.repeat(3 * 1024 ** 2))).status).toBe(500);
    expect(String(failures.at(-1))).toContain('did not look');
    expect(told).toHaveLength(1);
  });

  it('that is not there lets nobody through', async () => {
    const scan: NonNullable<Route['scan']> = (file) => scanWithClamd(file, { path: '/nowhere/clamd.sock' });
    const { upload } = serve({ anonymous: true, scan });
    expect((await upload('hello')).status).toBe(500);
  });
});
