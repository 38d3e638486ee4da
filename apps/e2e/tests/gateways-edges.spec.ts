/**
 * A store behind a caching proxy that speaks HTTP/2 and takes a body whole before it passes it on:
 * real nginx and Caddy, real Chromium. Rows of the table of docs/gateways.md, as those of gateways.spec.ts.
 */
import { connect } from 'node:tls';
import { launchOptions } from '../../../scripts/browser.mjs';
import { expect, MiB, storedSha256 } from '../support/fixtures.ts';
import { type Gateway, startCaddy, startNginx } from '../support/gateway.ts';
import { BUFFERING, BUFFERS, gatewayTest as test, told } from '../support/through-gateway.ts';
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
