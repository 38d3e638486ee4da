/**
 * Uploads through real gateways, nginx and Caddy, from the system's packages: with the settings that docs/gateways.md
 * gives, and with each one wrong. The table that this prints is the page's.
 */

import { createServer } from 'vite';
import { startCallGate } from '../support/call-faults.ts';
import { expect, MiB, storedSha256 } from '../support/fixtures.ts';
import { startCaddy, startNginx } from '../support/gateway.ts';
import { expectArrives, linesOf, openHarness } from '../support/harness.ts';
import {
  BUFFERING,
  BUFFERS,
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
import { startUploadServer } from '../support/upload-server.ts';

/** As small as nginx has them: for a URL that is longer than its buffer, whatever that is. */
const SMALL_BUFFERS = 'connection_pool_size 256; client_header_buffer_size 128; large_client_header_buffers 4 256;';

test('nginx before the store, as the page of the documentation has it', async ({
  page,
  backend,
  stand,
  serve,
  makeFile,
}) => {
  const gateway = await stand(startNginx(before(backend.s3Endpoint)));
  await expectArrives(
    backend,
    await openThrough(gateway, { page, backend, serve }),
    await makeFile('film.mp4', 24 * MiB),
  );
  expect(backend.store.journal.resentBytes()).toBe(0);
});

test('Caddy before the store, with its defaults', async ({ page, backend, stand, serve, makeFile }) => {
  const gateway = await stand(startCaddy(`reverse_proxy ${backend.s3Endpoint}`));
  await expectArrives(
    backend,
    await openThrough(gateway, { page, backend, serve }),
    await makeFile('film.mp4', 24 * MiB),
  );
  expect(backend.store.journal.resentBytes()).toBe(0);
});

test('nginx that takes a part whole before it passes it on: the row says so, and nothing is sent twice', async ({
  page,
  backend,
  stand,
  faults,
  serve,
  makeFile,
}) => {
  // All is handed over within a moment, and the store has it after ten seconds.
  const slow = { kind: 'bandwidth', bytesPerSecond: 1.2 * MiB, shared: true } as const;
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? slow : undefined);
  const gateway = await stand(startNginx(before(backend.s3Endpoint, BUFFERING)));
  const server = await startUploadServer(backend, { profile: 'mock', publicEndpoint: gateway.url });
  const kit = await serve('kit');
  const front = await stand(
    startNginx(`
      location / { proxy_pass ${kit}; }
      location /api/uploads/ { proxy_pass ${new URL(server.url).origin}; proxy_set_header Host $http_host; }`),
  );
  await page.goto(`${front.url}/`);
  const file = await makeFile('film.mp4', 12 * MiB);
  await page.getByLabel('Choose files').setInputFiles(file.path);
  const row = page.locator('li[data-status=uploading]');
  const bar = page.getByRole('progressbar', { name: 'Progress of film.mp4' });
  await expect(row).toContainText('Being passed on to the storage');
  await expect(bar).toHaveAttribute('aria-valuetext', /^\d+%, Being passed on to the storage$/);
  // Whatever the row says until all is stored, it is neither 100 % nor a time that is over.
  const said = await row.evaluate(
    (element) =>
      new Promise<string[]>((resolve) => {
        const all: string[] = [];
        const note = () => {
          const progress = element.querySelector('[role=progressbar]')?.getAttribute('aria-valuetext');
          if (element.getAttribute('data-status') !== 'uploading') return resolve(all);
          all.push(`${progress} · ${element.textContent}`);
        };
        note();
        new MutationObserver(note).observe(element, {
          subtree: true,
          attributes: true,
          childList: true,
          characterData: true,
        });
      }),
  );
  expect(said.filter((text) => /\b100 ?%|\b0 sec/.test(text))).toEqual([]);
  expect(said.some((text) => text.includes('Being passed on to the storage'))).toBe(true);
  await expect(page.locator('li[data-status=complete]')).toBeVisible();
  expect(backend.store.journal.requests({ operation: 'UploadPart' })).toHaveLength(3);
  expect(backend.store.journal.resentBytes()).toBe(0);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await server.down();
});

test.describe('nginx, one setting wrong:', () => {
  for (const [setting, directives, buffers] of [
    ['no `proxy_set_header Host $http_host`', GOOD.replace('proxy_set_header Host $http_host;', ''), BUFFERS],
    ['`proxy_set_header Host $host`, without its port', GOOD.replace('$http_host', '$host'), BUFFERS],
    ['`large_client_header_buffers 4 256`', GOOD, SMALL_BUFFERS],
    ['CORS headers from both sides', `${GOOD} add_header Access-Control-Allow-Origin * always;`, BUFFERS],
    ['a firewall that refuses every PUT', `${GOOD} if ($request_method = PUT) { return 403; }`, BUFFERS],
  ] as const) {
    test(setting, async ({ page, backend, stand, serve, makeFile }) => {
      const nginx = await stand(startNginx(before(backend.s3Endpoint, directives, buffers)));
      const uploading = await openThrough(nginx, { page, backend, serve });
      await expectTold(page, uploading, await makeFile('film.mp4', 24 * MiB), setting, [
        'store-unreadable',
        'store-refused',
      ]);
      const times = timesSent(await nginx.requests());
      console.log(`each part went out ${times.join()} times`);
      expect(Math.max(...times)).toBeLessThanOrEqual(6);
    });
  }

  test('no `client_max_body_size`, so 1 MB', async ({ page, backend, stand, serve, makeFile }) => {
    const gateway = await stand(startNginx(before(backend.s3Endpoint, GOOD.replace('client_max_body_size 0;', ''))));
    const lines = linesOf(page);
    const uploading = await openThrough(gateway, { page, backend, serve });
    const file = await makeFile('film.mp4', 24 * MiB);
    await expectTold(page, uploading, file, 'client_max_body_size 1m');
    expect(lines.filter((line) => line.startsWith('Portage:'))).toEqual([
      expect.stringMatching(`${gateway.url} answers, but .* a gateway before it refuses the requests .as too large`),
    ]);
  });

  test('`client_max_body_size 6m`: the file goes in parts of 5 MiB', async ({
    page,
    backend,
    stand,
    serve,
    makeFile,
  }) => {
    const gateway = await stand(
      startNginx(before(backend.s3Endpoint, GOOD.replace('client_max_body_size 0', 'client_max_body_size 6m'))),
    );
    const begun = Date.now();
    await expectArrives(
      backend,
      await openThrough(gateway, { page, backend, serve }),
      await makeFile('film.mp4', 24 * MiB),
    );
    told('`client_max_body_size 6m`', 'stored, in parts of 5 MiB', (Date.now() - begun) / 1_000);
    expect(backend.store.multipartUploads(backend.bucket)).toEqual([]);
  });

  test('a `proxy_read_timeout` shorter than a response of the store: no part is sent a third time', async ({
    page,
    backend,
    stand,
    faults,
    serve,
    makeFile,
  }) => {
    faults.intercept = ({ operation }) =>
      operation === 'UploadPart' ? { kind: 'slow_response', ms: 4_000 } : undefined;
    const gateway = await stand(
      startNginx(before(backend.s3Endpoint, GOOD.replace('proxy_read_timeout 300s', 'proxy_read_timeout 2s'))),
    );
    const uploading = await openThrough(gateway, { page, backend, serve }, SMALL_PARTS);
    const file = await makeFile('film.mp4', 12 * MiB);
    const begun = Date.now();
    await expectArrives(backend, uploading, file);
    const { journal } = backend.store;
    const resent = journal.bytesReceived({ operation: 'UploadPart' }) - file.size;
    const says = `stored, ${(resent / MiB).toFixed(1)} MiB of 12 sent again`;
    told('`proxy_read_timeout 2s`, and a store that answers after 4 s', says, (Date.now() - begun) / 1_000);
    expect(journal.requests({ operation: 'UploadPart' }).every(({ attempt }) => attempt <= 2)).toBe(true);
  });
});

test.describe('the doctor tells of nginx, by what a page would send:', () => {
  const limit = (size: string) => GOOD.replace('client_max_body_size 0;', size);
  for (const [setting, directives, buffers, expected] of [
    ['all as the page of the documentation has it', GOOD, BUFFERS, []],
    ['no `client_max_body_size`, so 1 MB', limit(''), BUFFERS, ['gateway failed', 'client_max_body_size 0']],
    ['`client_max_body_size 6m` lets parts of 5 MiB pass', limit('client_max_body_size 6m;'), BUFFERS, []],
    ['header buffers that are too small', GOOD, SMALL_BUFFERS, ['gateway failed', 'large_client_header_buffers 4 32k']],
    [
      'header buffers that are too small for a long name',
      GOOD,
      'client_header_buffer_size 1k; large_client_header_buffers 4 2k;',
      ['gateway warning', 'large_client_header_buffers 4 32k'],
    ],
    [
      'another Host than the signed one',
      GOOD.replace('$http_host', '$host'),
      BUFFERS,
      ['gateway failed', 'proxy_set_header Host $http_host'],
    ],
    [
      '`proxy_request_buffering on`, its default',
      BUFFERING,
      BUFFERS,
      ['gateway warning', 'proxy_request_buffering off'],
    ],
    [
      'CORS headers from both sides',
      `${GOOD} add_header Access-Control-Allow-Origin * always;`,
      BUFFERS,
      ['cors failed', 'Leave CORS to one side'],
    ],
    [
      'a firewall that refuses every PUT',
      `${GOOD} if ($request_method = PUT) { return 403; }`,
      BUFFERS,
      ['gateway failed', 'look at what is in front of it'],
    ],
  ] as const) {
    test(setting, async ({ backend, stand }) => {
      const gateway = await stand(startNginx(before(backend.s3Endpoint, directives, buffers)));
      const { found, hint } = await diagnose(gateway, backend, setting);
      const [which, words = ''] = expected;
      expect(found).toEqual(which === undefined ? [] : [which]);
      expect(hint).toContain(words);
    });
  }
});

test.describe('a page and its upload server behind one nginx, without `origins`:', () => {
  for (const host of ['proxy_set_header Host $http_host;', 'proxy_set_header Host $host;', '']) {
    test(host || 'no `proxy_set_header`', async ({ page, backend, stand, serve, makeFile }) => {
      const server = await startUploadServer(backend, { profile: 'mock', origins: [] });
      const { origin } = new URL(server.url);
      const address = await serve('harness');
      const gateway = await stand(
        startNginx(`
          location / { proxy_pass ${address}; }
          location /api/uploads/ { proxy_pass ${origin}; ${host} client_max_body_size 1m; }`),
      );
      const uploading = await openHarness(page, `${gateway.url}/`, { endpoint: '/api/uploads' });
      await expectArrives(backend, uploading, await makeFile('film.mp4', 12 * MiB));
      await server.down();
    });
  }
});

test("Vite's short form of a proxy, with `changeOrigin`: a page of this machine needs no `origins`", async ({
  page,
  folder,
  backend,
  stand,
  serve,
  makeFile,
}) => {
  const server = await startUploadServer(backend, { profile: 'mock', origins: [] });
  const { origin } = new URL(server.url);
  const address = await serve('harness');
  const vite = await createServer({
    configFile: false,
    root: folder,
    appType: 'custom',
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true },
    server: {
      ...{ host: '127.0.0.1', port: 0, hmr: false },
      proxy: { '/api/uploads': { target: origin, changeOrigin: true }, '/': { target: address } },
    },
  });
  await stand(vite.listen());
  const [url] = vite.resolvedUrls?.local ?? [];
  const uploading = await openHarness(page, url ?? '', { endpoint: '/api/uploads' });
  await expectArrives(backend, uploading, await makeFile('film.mp4', 12 * MiB));
  await server.down();
});

test.describe('a page of a gateway in place of a response of the upload server', () => {
  const says = (status: number) =>
    ({ kind: 'answer', status, headers: { 'content-type': 'text/html' }, body: '<h1>No</h1>' }) as const;

  for (const [what, operation, status, times] of [
    ['404, while an ingress is set up anew', 'create', 404, 3],
    ['406 of Complete, where the object may be stored', 'complete', 406, 2],
    ['401 of Complete: asked once more', 'complete', 401, 1],
    ['403 of Complete, twice: the store is asked what it holds', 'complete', 403, 2],
    ['502', 'create', 502, 3],
    ['503 of maintenance', 'complete', 503, 2],
    ['429', 'complete', 429, 2],
  ] as const) {
    test(`${what}: the upload goes on by itself`, async ({ page, backend, serve, makeFile }) => {
      let left = times as number;
      const gate = await startCallGate(backend.apiUrl, (call) => {
        if (call.operation !== operation || left === 0) return undefined;
        left -= 1;
        return says(status);
      });
      const setup = { endpoint: `${gate.url}/api/uploads` };
      const uploading = await openHarness(page, await serve('harness'), setup, { partSize: 5 * MiB });
      await expectArrives(backend, uploading, await makeFile('film.mp4', 60 * MiB));
      expect(left).toBe(0);
      await gate.close();
    });
  }

  test('403 of a Complete that was made: it is seen that the file is stored, and nothing is sent again', async ({
    page,
    backend,
    serve,
    makeFile,
  }) => {
    const asked: string[] = [];
    const gate = await startCallGate(backend.apiUrl, ({ operation }) => {
      asked.push(operation);
      const completes = asked.filter((each) => each === 'complete').length;
      if (operation !== 'complete' || completes > 2) return undefined;
      return { ...says(403), done: completes === 1 };
    });
    const setup = { endpoint: `${gate.url}/api/uploads` };
    const uploading = await openHarness(page, await serve('harness'), setup, { partSize: 5 * MiB });
    await expectArrives(backend, uploading, await makeFile('film.mp4', 60 * MiB));
    expect(asked.slice(asked.indexOf('complete'))).toEqual(['complete', 'complete', 'parts', 'complete']);
    expect(backend.store.journal.resentBytes()).toBe(0);
    await gate.close();
  });

  for (const [status, operation, code] of [
    [401, 'complete', 'unauthorized'],
    [403, 'complete', 'unauthorized'],
    [406, 'create', 'gateway-refused'],
  ] as const) {
    test(`${status} is no end: Retry goes on with what was sent`, async ({ page, backend, serve, makeFile }) => {
      let refuses = true;
      const gate = await startCallGate(backend.apiUrl, (call) =>
        call.operation === operation && refuses ? says(status) : undefined,
      );
      const setup = { endpoint: `${gate.url}/api/uploads` };
      const uploading = await openHarness(page, await serve('harness'), setup, { partSize: 5 * MiB });
      const file = await makeFile('film.mp4', 60 * MiB);
      await expectTold(page, uploading, file, `a page of ${status}`, [code]);
      refuses = false;
      await page.evaluate(() => {
        window.uploading = window.harness.uppy.retryAll();
      });
      expect((await uploading.finish()).successful).toEqual([file.name]);
      expect(await storedSha256(backend)).toBe(await file.sha256());
      expect(backend.store.journal.resentBytes()).toBe(0);
      await gate.close();
    });
  }
});
