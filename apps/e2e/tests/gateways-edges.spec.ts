/**
 * A store behind a caching proxy that speaks HTTP/2 and takes a body whole before it passes it on, and gateways that give up on
 * a part for its time: real nginx and Caddy, real Chromium. Rows of the table of docs/gateways.md, as those of gateways.spec.ts.
 */
import { connect } from 'node:tls';
import { launchOptions } from '../../../scripts/browser.mjs';
import { expect, MiB, storedSha256 } from '../support/fixtures.ts';
import { type Gateway, startCaddy, startNginx } from '../support/gateway.ts';
import { expectArrives } from '../support/harness.ts';
import {
  BUFFERING,
  BUFFERS,
  before,
  openThrough,
  PARTS,
  gatewayTest as test,
  told,
} from '../support/through-gateway.ts';
import { startUploadServer } from '../support/upload-server.ts';

const launch = launchOptions();
// Nobody has signed the certificate of a test.
test.use({ launchOptions: { ...launch, args: [...(launch.args ?? []), '--ignore-certificate-errors'] } });

/** What a gateway would speak with a browser. */
const protocolOf = ({ url }: Gateway) =>
  new Promise<string | false | null>((resolve, reject) => {
    const { hostname: host, port } = new URL(url);
    const offer = { ALPNProtocols: ['h2', 'http/1.1'], rejectUnauthorized: false };
    const socket = connect({ ...offer, host, port: Number(port) }, () => {
      resolve(socket.alpnProtocol);
      socket.destroy();
    }).on('error', reject);
  });

const CACHE = 'proxy_cache_path cache keys_zone=store:1m;';

test.describe('a caching proxy that speaks HTTP/2 and takes a part whole: the row says that it is passed on, and nothing is sent twice,', () => {
  for (const [name, start] of [
    [
      'nginx',
      (store: string) =>
        startNginx(
          `${BUFFERS} location / { proxy_pass ${store}; ${BUFFERING} proxy_cache store; }`,
          'ssl http2',
          CACHE,
        ),
    ],
    [
      'Caddy',
      (store: string) =>
        startCaddy(
          `reverse_proxy ${store} {
            buffer_requests
            max_buffer_size 64MB
          }`,
          true,
        ),
    ],
  ] as const) {
    test(name, async ({ page, backend, stand, faults, serve, makeFile }) => {
      test.skip(name !== 'nginx' && !process.env['PORTAGE_GATEWAYS'], 'npm run test:gateways has both');
      // All is handed over within a moment, and the store has it after ten seconds.
      const slow = { kind: 'bandwidth', bytesPerSecond: 1.2 * MiB, shared: true } as const;
      faults.intercept = ({ operation }) => (operation === 'UploadPart' ? slow : undefined);
      const gateway = await stand(start(backend.s3Endpoint));
      expect(await protocolOf(gateway)).toBe('h2');
      const server = await startUploadServer(backend, { profile: 'mock', publicEndpoint: gateway.url });
      const kit = `${await serve('kit')}?companion=http://127.0.0.1:9&endpoint=${encodeURIComponent(server.url)}#remote`;
      await page.goto(kit);
      const file = await makeFile('film.mp4', 12 * MiB);
      const begun = Date.now();
      await page.locator('input[type=file]').first().setInputFiles(file.path);
      const bar = page.getByRole('progressbar', { name: 'Progress of film.mp4' });
      await expect(page.locator('li[data-status=uploading]')).toContainText('Being passed on to the storage');
      await expect(bar).toHaveAttribute('aria-valuetext', /^\d+%, Being passed on to the storage$/);
      await expect(page.locator('li[data-status=complete]')).toBeVisible();
      told(
        `${name}, HTTP/2, buffering`,
        '"Being passed on", then stored; nothing sent twice',
        (Date.now() - begun) / 1_000,
      );
      expect(backend.store.journal.resentBytes()).toBe(0);
      expect(await storedSha256(backend)).toBe(await file.sha256());
      await server.down();
    });
  }
});

test.describe('a gateway whose time is over before the store has answered to a part of 7 MiB: the file goes in parts of 5 MiB,', () => {
  const LIMIT = 2;
  const CORS = 'add_header Access-Control-Allow-Origin * always; proxy_hide_header Access-Control-Allow-Origin;';
  const nginx = (more: string) => BUFFERING.replaceAll('timeout 300s', `timeout ${LIMIT}s`) + more;
  for (const [name, start] of [
    ['504 of nginx', (store: string) => startNginx(before(store, nginx(CORS)))],
    [
      '524, as Cloudflare says it',
      (store: string) =>
        startNginx(
          `${before(store, nginx(`${CORS} error_page 504 = @late;`))}
          location @late { add_header Access-Control-Allow-Origin * always; return 524 'late'; }`,
        ),
    ],
    [
      '504 of Caddy',
      (store: string) =>
        startCaddy(`
          handle_errors {
            header Access-Control-Allow-Origin *
            respond "late" {http.error.status_code}
          }
          reverse_proxy ${store} {
            buffer_requests
            max_buffer_size 64MB
            transport http {
              response_header_timeout ${LIMIT}s
              write_timeout ${LIMIT}s
            }
          }`),
    ],
    ['504 of nginx that the page cannot read', (store: string) => startNginx(before(store, nginx('')))],
  ] as const) {
    test(name, async ({ page, backend, stand, faults, serve, makeFile }) => {
      test.skip(name !== '504 of nginx' && !process.env['PORTAGE_GATEWAYS'], 'npm run test:gateways has all of them');
      // As a store that is too slow for large bodies: the gateway hangs up, and nothing is kept.
      faults.intercept = ({ operation, declaredSize = 0 }) =>
        operation === 'UploadPart' && declaredSize > 6 * MiB ? { kind: 'stall' } : undefined;
      const gateway = await stand(start(backend.s3Endpoint));
      const begun = Date.now();
      const file = await makeFile('film.mp4', 24 * MiB);
      await expectArrives(backend, await openThrough(gateway, { page, backend, serve }, PARTS), file);
      told(`${name}, after ${LIMIT} s for parts of 7 MiB`, 'stored, in parts of 5 MiB', (Date.now() - begun) / 1_000);
      const stored = backend.store.journal.requests({ operation: 'UploadPart', status: 200 });
      expect(Math.max(...stored.map(({ bytesReceived }) => bytesReceived))).toBe(5 * MiB);
      expect(backend.store.multipartUploads(backend.bucket)).toEqual([]);
    });
  }
});
