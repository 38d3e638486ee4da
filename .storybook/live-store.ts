/** In `npm run storybook`: an upload server and a store beside Storybook, and a way for its toolbar to break their network. */
import type { Faults } from '@portage/mock-s3';
import type { Plugin } from 'vite';

/** Where a story asks for a network; the name of one is the body. */
const NETWORK_PATH = '/portage-network';

/** A store that says `SlowDown` to every third part. */
const BUSY: Faults = [
  { operation: 'UploadPart', probability: 0.33, fault: { kind: 'error', code: 'SlowDown', status: 503 } },
];

export async function liveStore(): Promise<Plugin> {
  const { startBackend } = await import('@portage/mock-backend');
  const backend = await startBackend({ log: () => {}, origins: '*' });
  // Storybook ends by a signal, and nothing is to be left on the disk.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void backend.close());
  return {
    name: 'portage-live-store',
    config: () => ({ define: { __PORTAGE_LIVE__: JSON.stringify(backend.uploadsUrl) } }),
    configureServer(server) {
      server.middlewares.use(NETWORK_PATH, (request, response) => {
        let name = '';
        request.on('data', (bytes: Buffer) => {
          name += bytes.toString();
        });
        request.on('end', () => {
          try {
            const { faults } = backend.store;
            if (name === 'good') faults.clear();
            else if (name === 'down') faults.set([{ fault: { kind: 'down' } }]);
            else if (name === 'busy') faults.set(BUSY);
            else faults.set({ profile: name as 'train' });
            response.statusCode = 204;
          } catch (error) {
            response.statusCode = 400;
            response.write(String(error));
          }
          response.end();
        });
      });
    },
  };
}
