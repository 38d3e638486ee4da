/**
 * Bodies that a gateway holds, refuses or waits for, by real nginx and Caddy: how often and how fast they are sent again, and
 * what the page says. Rows of the table of docs/gateways.md, as those of gateways.spec.ts.
 */
import { expect, MiB } from '../support/fixtures.ts';
import { startCaddy, startNginx } from '../support/gateway.ts';
import { expectArrives } from '../support/harness.ts';
import { type Passage, startStoreGate } from '../support/store-gate.ts';
import {
  BUFFERING,
  before,
  diagnose,
  expectTold,
  GOOD,
  openThrough,
  SMALL_PARTS,
  gatewayTest as test,
  timesSent,
  told,
} from '../support/through-gateway.ts';

test.describe('nginx that answers preflights itself, with its store away for four seconds: no part goes out in a hurry,', () => {
  const PREFLIGHTS = `if ($request_method = OPTIONS) {
    add_header Access-Control-Allow-Origin *;
    add_header Access-Control-Allow-Methods 'PUT, POST, GET, DELETE';
    add_header Access-Control-Allow-Headers *;
    return 204;
  }`;
  for (const [what, sizes, settings] of [
    ['a file in parts', [24], GOOD],
    ['the same, buffered by nginx', [24], BUFFERING],
    ['a small file', [1], GOOD],
    ['six small files and one in parts', [1, 1, 1, 1, 1, 1, 24], GOOD],
  ] as const) {
    test(what, async ({ page, backend, stand, serve, makeFile }) => {
      test.skip(
        what !== 'a file in parts' && !process.env['PORTAGE_GATEWAYS'],
        'npm run test:gateways has all of them',
      );
      let backAt: number | undefined;
      const gate = await startStoreGate(backend.s3Endpoint, ({ method }): Passage | undefined => {
        if (method === 'PUT') backAt ??= Date.now() + 4_000;
        return Date.now() < (backAt ?? 0) ? { kind: 'away' } : undefined;
      });
      const nginx = await stand(startNginx(before(gate.url, `${PREFLIGHTS} ${settings}`)));
      const files = await Promise.all(sizes.map((size, index) => makeFile(`file-${index}`, size * MiB)));
      const uploading = await openThrough(nginx, { page, backend, serve }, SMALL_PARTS);
      await uploading.add(...files);
      const begun = Date.now();
      await uploading.start();
      expect((await uploading.finish()).failed).toEqual([]);
      const puts = (await nginx.requests()).filter(({ method }) => method === 'PUT');
      const bytes = puts.reduce((sum, { length }) => sum + length, 0) / MiB;
      const size = files.reduce((sum, file) => sum + file.size, 0) / MiB;
      const says = `stored; ${(bytes - size).toFixed(0)} MiB of ${size} handed to nginx again`;
      told(`the store away for 4 s, ${what}`, says, (Date.now() - begun) / 1_000);
      console.log(timesSent(puts).join(), says);
      // Three times while it is away, and once when it is back.
      expect(Math.max(...timesSent(puts))).toBeLessThanOrEqual(4);
      expect(backend.store.objects(backend.bucket)).toHaveLength(files.length);
      await gate.close();
    });
  }
});

test.describe('a path that nginx decodes and encodes anew, by a slash behind `proxy_pass`', () => {
  const SLASH = 'a slash behind `proxy_pass`';
  const routes = (key: string) => ({ files: { anonymous: true, maxSize: Number.POSITIVE_INFINITY, key: () => key } });

  test('is the same for a plain key', async ({ page, backend, stand, serve, makeFile }) => {
    const nginx = await stand(startNginx(before(`${backend.s3Endpoint}/`)));
    const uploading = await openThrough(nginx, { page, backend, serve }, SMALL_PARTS, {
      routes: routes('films/1.mp4'),
    });
    await expectArrives(backend, uploading, await makeFile('film.mp4', 12 * MiB));
  });

  test('is another one where there are two slashes: told within seconds', async ({
    page,
    backend,
    stand,
    serve,
    makeFile,
  }) => {
    const nginx = await stand(startNginx(before(`${backend.s3Endpoint}/`)));
    const uploading = await openThrough(nginx, { page, backend, serve }, SMALL_PARTS, {
      routes: routes('films//1.mp4'),
    });
    const file = await makeFile('film.mp4', 12 * MiB);
    await expectTold(page, uploading, file, SLASH, ['store-unreadable', 'store-refused']);
  });

  test('is found by the doctor', async ({ backend, stand }) => {
    const nginx = await stand(startNginx(before(`${backend.s3Endpoint}/`)));
    const { found, hint } = await diagnose(nginx, backend, SLASH);
    expect(found).toEqual(['gateway warning']);
    expect(hint).toContain('no slash behind proxy_pass');
  });
});

test.describe('Caddy with a limit for bodies, which says 502 to one that is longer:', () => {
  const limited = (size: string, store: string) => `request_body {
    max_size ${size}
  }
  reverse_proxy ${store}`;

  test('1 MB', async ({ page, backend, stand, serve, makeFile }) => {
    const caddy = await stand(startCaddy(limited('1MB', backend.s3Endpoint)));
    const uploading = await openThrough(caddy, { page, backend, serve });
    await expectTold(page, uploading, await makeFile('film.mp4', 24 * MiB), 'Caddy, `max_size 1MB`');
  });

  test('6 MB: the file goes in parts of 5 MiB', async ({ page, backend, stand, serve, makeFile }) => {
    const caddy = await stand(startCaddy(limited('6MB', backend.s3Endpoint)));
    const begun = Date.now();
    await expectArrives(
      backend,
      await openThrough(caddy, { page, backend, serve }),
      await makeFile('film.mp4', 24 * MiB),
    );
    told('Caddy, `max_size 6MB`', 'stored, in parts of 5 MiB', (Date.now() - begun) / 1_000);
  });

  test('1 MB is found by the doctor', async ({ backend, stand }) => {
    const { found, hint } = await diagnose(
      await stand(startCaddy(limited('1MB', backend.s3Endpoint))),
      backend,
      'Caddy, `max_size 1MB`',
    );
    expect(found).toEqual(['gateway failed']);
    expect(hint).toContain('limit for bodies');
  });
});

test('a file in one part, whose response comes later than `proxy_read_timeout`: it is sent twice, then seen to be stored', async ({
  page,
  backend,
  faults,
  stand,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? { kind: 'slow_response', ms: 4_000 } : undefined);
  const nginx = await stand(
    startNginx(before(backend.s3Endpoint, GOOD.replace('proxy_read_timeout 300s', 'proxy_read_timeout 1s'))),
  );
  const begun = Date.now();
  await expectArrives(backend, await openThrough(nginx, { page, backend, serve }), await makeFile('note.pdf', MiB));
  told(
    '`proxy_read_timeout 1s`, and a store that answers after 4 s; a file of 1 MiB',
    'stored, sent twice',
    (Date.now() - begun) / 1_000,
  );
  expect(timesSent(await nginx.requests())).toEqual([2]);
});

test('a store that does not read for longer than `proxy_send_timeout`: what it did not get is sent again, and arrives', async ({
  page,
  backend,
  stand,
  serve,
  makeFile,
}) => {
  let slow = 1;
  const gate = await startStoreGate(backend.s3Endpoint, ({ method }): Passage | undefined =>
    method === 'PUT' && slow-- > 0 ? { kind: 'unread', ms: 4_000 } : undefined,
  );
  const nginx = await stand(
    startNginx(before(gate.url, GOOD.replace('proxy_send_timeout 300s', 'proxy_send_timeout 1s'))),
  );
  // More than the buffers of two sockets take.
  const uploading = await openThrough(nginx, { page, backend, serve }, { partSize: 32 * MiB });
  const begun = Date.now();
  await expectArrives(backend, uploading, await makeFile('film.mp4', 40 * MiB));
  const requests = await nginx.requests();
  expect(requests.filter(({ method, status }) => method === 'PUT' && status === 504)).toHaveLength(1);
  told(
    '`proxy_send_timeout 1s`, and a store that does not read for 4 s',
    'stored; one part was sent twice',
    (Date.now() - begun) / 1_000,
  );
  await gate.close();
});

test('a small file first, then a part that nginx takes whole and passes on for longer than 30 s: it is not sent twice', async ({
  page,
  backend,
  faults,
  stand,
  serve,
  makeFile,
}) => {
  test.skip(!process.env['PORTAGE_GATEWAYS'], 'Forty seconds: npm run test:gateways');
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 0.4 * MiB } : undefined;
  const nginx = await stand(startNginx(before(backend.s3Endpoint, BUFFERING)));
  const options = { partSize: 16 * MiB };
  const uploading = await openThrough(nginx, { page, backend, serve }, options);
  await uploading.send(await makeFile('note.txt', 100_000));
  await uploading.finish();
  await uploading.add(await makeFile('film.mp4', 15 * MiB));
  const begun = Date.now();
  await uploading.start();
  expect((await uploading.finish()).failed).toEqual([]);
  told(
    'buffering, a part of 15 MiB after a small file, 0.4 MiB/s to the store',
    'stored, nothing sent twice',
    (Date.now() - begun) / 1_000,
  );
  expect(timesSent(await nginx.requests())).toEqual([1, 1]);
});
