import { afterEach, expect, it } from 'vitest';
import { bytesOf, file, type Harness, sendAll, startServer } from '../../test/harness.ts';
import { createMetrics, type Logger } from '../index.ts';

let server: Harness;
afterEach(() => server[Symbol.asyncDispose]());

async function someTraffic() {
  const created = await server.create(file('a', 7));
  await server.complete(created.token, await sendAll(created, bytesOf(7)));
  await server.post('/files/abort', { token: created.token });
  await server.post('/files/create', { files: [file('a', 99)] });
  await server.post('/files/create', 'no JSON');
  await fetch(`${server.url}/nope/"{/x`, { method: 'POST' });
}

it('metrics count uploads, bytes, durations, and failures by code', async () => {
  const metrics = createMetrics();
  let now = Date.now();
  const clock = () => (now += 10);
  server = await startServer({ routes: { files: { maxSize: 10 } }, observe: metrics.observe, clock });
  await someTraffic();
  expect(metrics.snapshot()).toMatchObject({
    created: 1,
    completed: 1,
    aborted: 1,
    discarded: 0,
    bytes: 7,
    uploadSeconds: expect.closeTo(0.05, 1),
    failures: { 'too-large': 1, 'bad-request': 1, 'not-found': 1 },
    calls: { create: { count: 3 }, complete: { count: 1 }, abort: { count: 1 }, '': { count: 1 } },
  });
  const text = metrics.prometheus();
  expect(text).toContain('# TYPE portage_uploads_completed_total counter\nportage_uploads_completed_total 1\n');
  expect(text).toContain('portage_failures_total{code="too-large"} 1\n');
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(
      /^# TYPE \w+ (?:counter|histogram)$|^\w+(?:\{\w+="[\w-]*"(?:,le="[\d.+Inf]+")?\}|\{le="[\d.+Inf]+"\})? [\d.e-]+$/,
    );
  expect(text).toContain('portage_call_duration_seconds_bucket{operation="create",le="0.25"} 3\n');
  expect(text).toContain('portage_call_duration_seconds_bucket{operation="create",le="+Inf"} 3\n');
  expect(text).toContain('portage_call_duration_seconds_count{operation="create"} 3\n');
  expect(text).toContain('portage_upload_duration_seconds_bucket{le="0.1"} 1\n');
});

it('the log says what happened, in fields; an observer that throws harms nobody', async () => {
  const lines: [string, object, string][] = [];
  const level = (name: string) => (fields: object, message: string) => void lines.push([name, fields, message]);
  const logger: Logger = { info: level('info'), warn: level('warn'), error: level('error') };
  const observe = () => {
    throw new Error('a bug of the app');
  };
  server = await startServer({ routes: { files: { maxSize: 10 } }, logger, observe });
  await someTraffic();
  const messages = lines.filter(([name]) => name === 'info').map(([, , message]) => message);
  expect(messages).toEqual([
    'upload created',
    'upload completed',
    'upload aborted',
    'upload refused',
    'upload refused',
    'upload refused',
  ]);
  const [, fields, message] = lines.find(([name]) => name === 'error') ?? [];
  expect([fields, message]).toMatchObject([{ err: { message: 'a bug of the app' } }, '`observe` failed']);
});
