import { expect, it } from 'vitest';
import { file, startServer } from '../../test/harness.ts';
import { s3 } from '../index.ts';

const down = s3({
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  credentials: { accessKeyId: 'a', secretAccessKey: 's' },
});
const big = file('film.mov', 11e6, { partSize: 5_242_880 });

it('an outage is written once in ten seconds, with the number of calls that failed in between', async () => {
  const lines: Record<string, unknown>[] = [];
  const logger = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields: object) => void lines.push(fields as Record<string, unknown>),
  };
  let now = Date.now();
  const options = { storage: down, logger, onError: undefined, clock: () => now };
  await using server = await startServer(options as object);
  for (let call = 0; call < 50; call++) await server.post('/files/create', { files: [big] });
  expect(lines).toHaveLength(1);
  now += 10_001;
  await server.post('/files/create', { files: [big] });
  expect(lines).toMatchObject([
    { route: 'files', operation: 'create', err: { name: 'StoreError', reason: 'unavailable' } },
    { more: 49 },
  ]);
  expect(lines[0]).not.toHaveProperty('more');
  for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(1000);
});

it('what a store says, however long, is read up to a bound and told in 300 characters of one line', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(65));
    },
  });
  const answers = [
    new Response(`<Error><Code>AccessDenied</Code><Message>no\n${'n'.repeat(5000)}</Message></Error>`, { status: 403 }),
    new Response(endless),
  ];
  const storage = s3({
    bucket: 'b',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    fetch: async () => answers.shift() ?? Response.error(),
  });
  await using server = await startServer({ storage });
  expect((await server.post('/files/create', { files: [big] })).status).toBe(500);
  expect((await server.post('/files/create', { files: [big] })).status).toBe(503);
  const [refused, tooLong] = server.errors as Error[];
  expect(refused?.message).toMatch(/^CreateMultipartUpload: the store answered 403 AccessDenied no n+$/);
  expect(refused?.message).toHaveLength(300);
  expect(String(tooLong?.cause)).toContain('over 8388608 bytes');
  expect(sent).toBeLessThan(9 * 1024 * 1024);
});
