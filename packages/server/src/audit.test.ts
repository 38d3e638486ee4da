import { afterEach, describe, expect, it } from 'vitest';
import { as, BUCKET, byHeader, bytesOf, file, type Harness, sendAll, startServer } from '../test/harness.ts';
import { type Logger, type Route, type Spans, type UploadEvent, UploadsError } from './index.ts';

let server: Harness;
afterEach(() => server?.[Symbol.asyncDispose]());

const QUIET: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`;

async function upload(headers: Record<string, string> = {}) {
  const created = await server.create(file('a', 3), 'files', headers);
  const parts = await sendAll(created, bytesOf(3));
  const answer = await server.post('/files/complete', { token: created.token, parts }, headers);
  return { created, answer };
}

describe('every event', () => {
  const start = async (trustProxy: boolean) => {
    const events: UploadEvent[] = [];
    const observe = (event: UploadEvent) => events.push(event);
    server = await startServer({ routes: { files: { authorize: byHeader } }, observe, trustProxy, logger: QUIET });
    return events;
  };
  const said = { ...as('ann'), 'user-agent': 'Browser/1', traceparent: TRACEPARENT, 'x-request-id': 'proxy-7' };

  it('says who made which call, with what, in which trace', async () => {
    const events = await start(false);
    const { created, answer } = await upload(said);
    expect(events.map(({ event }) => event)).toEqual(['created', 'call', 'completed', 'call']);
    for (const event of events)
      expect(event).toMatchObject({
        route: 'files',
        address: '127.0.0.1',
        userAgent: 'Browser/1',
        traceId: TRACE,
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      });
    expect(events[2]).toMatchObject({ id: created.id, key: created.key, size: 3, userId: 'ann' });
    // The same call, in two events and in its response.
    expect(events[3]?.requestId).toBe(events[2]?.requestId);
    expect(answer.headers.get('x-request-id')).toBe(events[2]?.requestId);
    expect(events[0]?.requestId).not.toBe(events[2]?.requestId);
  });

  it('takes the address and the id of a call from a trusted proxy only', async () => {
    const events = await start(true);
    await upload({ ...said, 'x-forwarded-for': '192.0.2.7' });
    expect(events[0]).toMatchObject({ address: '192.0.2.7', requestId: 'proxy-7' });
  });

  it('is not made longer by what a caller says', async () => {
    const events = await start(true);
    const long = { ...said, 'user-agent': 'x'.repeat(5000), 'x-request-id': 'x'.repeat(500), traceparent: 'nonsense' };
    await upload(long);
    expect(events[0]?.userAgent).toHaveLength(256);
    expect(events[0]?.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(events[0]).not.toHaveProperty('traceId');
  });
});

describe('spans', () => {
  it('are around each call and each hook, and carry the trace of the caller', async () => {
    const spans: string[] = [];
    const seen: object[] = [];
    const trace: Spans = async (span, run) => {
      spans.push(`+ ${span.name}`);
      seen.push(span);
      await run();
      spans.push(`- ${span.name}`);
    };
    server = await startServer({ routes: { files: { authorize: byHeader, onComplete: () => 1 } }, spans: trace });
    await upload({ ...as('ann'), traceparent: TRACEPARENT });
    expect(spans.filter((span) => span.startsWith('+'))).toEqual([
      '+ uploads create',
      ...['authorize', 'rateLimit', 'key', 'metadata', 'onCreate'].map((hook) => `+ uploads ${hook}`),
      '+ uploads complete',
      ...['authorize', 'rateLimit', 'onComplete'].map((hook) => `+ uploads ${hook}`),
    ]);
    expect(spans.filter((span) => span.startsWith('-'))).toHaveLength(10);
    expect(seen[0]).toMatchObject({ traceparent: TRACEPARENT, attributes: { 'uploads.route': 'files' } });
  });

  it.each([
    ['throw', () => expect.fail('a bug of the app')],
    ['reject', () => Promise.reject(new Error('a bug of the app'))],
    ['never run their work', () => undefined],
    ['hang', () => new Promise(() => undefined)],
    ['run their work twice', (_: object, run: () => Promise<unknown>) => Promise.all([run(), run()])],
    ['run it late', async (_: object, run: () => Promise<unknown>) => run()],
  ])('that %s harm nobody', async (_title, spans) => {
    server = await startServer({ routes: { files: { authorize: byHeader } }, spans: spans as Spans, logger: QUIET });
    const { answer } = await upload(as('ann'));
    expect(answer.status).toBe(200);
  });

  it('hear of the failure of their work, which is told once', async () => {
    const failures: unknown[] = [];
    const errors: object[] = [];
    const spans: Spans = (_span, run) =>
      run().catch((error) => {
        failures.push(error);
        throw error;
      });
    const onCreate = () => {
      throw new UploadsError({ code: 'unauthorized', message: 'No.', hint: 'No.' });
    };
    const logger = { ...QUIET, error: (fields: object) => void errors.push(fields) };
    server = await startServer({ routes: { files: { authorize: byHeader, onCreate } }, spans, logger });
    await server.post('/files/create', { files: [file('a', 1)] }, as('ann'));
    expect(failures).toMatchObject([{ code: 'unauthorized' }]);
    expect(errors).toEqual([]);
  });
});

describe('a scan', () => {
  const start = async (route: Partial<Route>) => {
    const events: UploadEvent[] = [];
    const told: string[] = [];
    const onComplete = ({ key }: { key: string }) => void told.push(key);
    const files = { authorize: byHeader, onComplete, ...route } as Route;
    server = await startServer({ routes: { files }, observe: (event) => events.push(event), logger: QUIET });
    return { events, told };
  };

  it('sees every byte of the file before anybody is told of it', async () => {
    const seen: number[] = [];
    const { told } = await start({
      async scan(scanned) {
        expect(told).toEqual([]);
        for await (const bytes of scanned.read()) seen.push(...bytes);
        expect(scanned).toMatchObject({ displayName: 'a', size: 3 });
        return null;
      },
    });
    const { answer, created } = await upload(as('ann'));
    expect([answer.status, seen, told]).toEqual([200, [...bytesOf(3)], [created.key]]);
  });

  it('that finds something has the file deleted, or put into quarantine, and the upload refused', async () => {
    for (const quarantine of [undefined, { prefix: 'quarantine/' }]) {
      const { events, told } = await start({ scan: () => 'Eicar-Test', ...(quarantine && { quarantine }) });
      const { answer, created } = await upload(as('ann'));
      expect([answer.status, answer.body.error.code, told]).toEqual([422, 'scan-refused', []]);
      expect(JSON.stringify(answer.body)).not.toContain('Eicar');
      expect(events.find(({ event }) => event === 'discarded')).toMatchObject({
        reason: 'scan-refused',
        found: 'Eicar-Test',
        removed: true,
        address: '127.0.0.1',
      });
      const left = server.store.objects(BUCKET).map(({ key }) => key);
      expect(left).toEqual(quarantine ? [`quarantine/${created.key}`] : []);
      await server[Symbol.asyncDispose]();
    }
  });

  it('that takes long keeps the upload pending: the page asks again, and waits for the same scan', async () => {
    let scans = 0;
    let answer: (found: null) => void = () => undefined;
    const { told } = await start({
      scan: () => {
        scans++;
        return new Promise<null>((resolve) => {
          answer = resolve;
        });
      },
    });
    const created = await server.create(file('a', 3), 'files', as('ann'));
    const parts = await sendAll(created, bytesOf(3));
    const complete = (milliseconds: number) =>
      server.post(
        '/files/complete',
        { token: created.token, parts },
        { ...as('ann'), 'portage-timeout': String(milliseconds) },
      );
    const pending = await complete(1500);
    expect([pending.status, pending.headers.get('retry-after'), told]).toEqual([503, '1', []]);
    // In between two calls of the page.
    answer(null);
    expect((await complete(20_000)).status).toBe(200);
    expect([scans, told]).toEqual([1, [created.key]]);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('clamd is down'))],
    ['returns nonsense', () => 7 as never],
  ])('that %s lets nobody through', async (_title, scan) => {
    const { told } = await start({ scan });
    const { answer } = await upload(as('ann'));
    expect([answer.status, told]).toEqual([500, []]);
    expect(server.store.objects(BUCKET)).toHaveLength(1);
  });
});
