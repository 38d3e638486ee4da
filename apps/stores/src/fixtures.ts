/** What a test of a store is given. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { createUploads, type Routes, type S3Options, s3, type UploadEvent } from '@portage/server';
import { toNodeHandler } from '@portage/server/node';
import type { Setup } from '../../e2e/harness/signing.ts';
import { test as base } from '../../e2e/support/fixtures.ts';
import { createDemoApi, withCors } from '../../mock-backend/src/demo-api.ts';
import { close, listen } from '../../mock-backend/src/listen.ts';
import { createStoreReader } from '../../mock-backend/src/store-reader.ts';
import { createUppySigner } from '../../mock-backend/src/uppy-sign.ts';
import { type Asker, askerOf } from './asking.ts';
import { openBucket } from './open-bucket.ts';
import type { RealStore } from './real-store.ts';
import { type Relay, startRelay } from './relay.ts';
import { type Kind, storeOf } from './started.ts';

export { expect, MiB } from '../../e2e/support/fixtures.ts';

export const MODES = ['endpoint', 'signRequest', 'getCredentials'] as const;
export type Mode = (typeof MODES)[number];

export interface Place {
  readonly store: RealStore;
  readonly asker: Asker;
  readonly relay: Relay;
  /** What the upload server was seen to do. */
  readonly events: readonly UploadEvent[];
  /** How a page signs. */
  setup(mode: Mode): Setup;
  /** Keys of what is stored. */
  keys(): Promise<string[]>;
  /** Of an object, in hex. */
  sha256(key: string): Promise<string>;
  /** Headers of an object. */
  head(key: string): Promise<Readonly<Record<string, string>>>;
}

export interface Fixtures {
  kind: Kind;
  routes: Routes;
  /** Of `s3()`. @default none */
  headers: NonNullable<S3Options['headers']>;
  /** Of `s3()`. @default false */
  packs: boolean;
  /** A bucket of its own in the store, with an upload server before it. */
  place: Place;
  /** Notes a row of the tables that come at the end. */
  note(row: { table: string; row: string; column: string; value: string }): void;
}

let count = 0;

export const test = base.extend<Fixtures>({
  kind: ['ceph', { option: true }],
  routes: [{ files: { anonymous: true } }, { option: true }],
  headers: [{}, { option: true }],
  packs: [false, { option: true }],

  note: async ({ kind }, use, info) => {
    const store = storeOf(kind);
    const title = 'why' in store ? kind : store.title;
    await use((row) =>
      info.annotations.push({ type: 'stores', description: JSON.stringify({ store: title, ...row }) }),
    );
  },

  place: async ({ kind, routes, headers, packs }, use, info) => {
    const store = storeOf(kind);
    if ('why' in store) {
      base.skip(true, store.why);
      return;
    }
    const bucket = `uploads-${info.workerIndex}-${process.pid}-${count++}`;
    const asker = askerOf(store, bucket);
    await openBucket(asker);
    const relay = await startRelay(store.endpoint);
    const { accessKeyId, secretAccessKey, region, endpoint, profile } = store;
    const credentials = { accessKeyId, secretAccessKey };
    const events: UploadEvent[] = [];
    const uploads = createUploads({
      storage: s3({ endpoint, publicEndpoint: relay.endpoint, bucket, region, credentials, profile, headers, packs }),
      routes,
      observe: (event) => void events.push(event),
      secret: 'a secret for tests, and for nothing else',
      basePath: '/api/uploads',
      origins: '*',
    });
    const address = { endpoint: relay.endpoint, bucket, region, credentials };
    const api = createDemoApi({ reader: createStoreReader(address), signForUppy: createUppySigner(address) });
    const others = withCors(api, '*', ['127.0.0.1']);
    const server = createServer(
      toNodeHandler((request) =>
        new URL(request.url).pathname.startsWith('/api/uploads/') ? uploads(request) : others(request),
      ),
    );
    const api_ = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}/api`;
    const setups = {
      endpoint: { endpoint: `${api_}/uploads` },
      signRequest: { signAt: `${api_}/sign` },
      getCredentials: { s3Endpoint: `${relay.endpoint}/${bucket}`, ...credentials },
    };
    await use({
      store,
      asker,
      relay,
      events,
      setup: (mode) => setups[mode],
      keys: async () => {
        const { text } = await asker.send({ query: 'list-type=2' });
        return [...text.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) =>
          key
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&apos;', "'")
            .replaceAll('&amp;', '&'),
        );
      },
      sha256: async (key) => {
        const response = await fetch(asker.presign({ method: 'GET', key }));
        const hash = createHash('sha256');
        for await (const bytes of response.body ?? []) hash.update(bytes);
        return hash.digest('hex');
      },
      head: async (key) => (await asker.send({ method: 'HEAD', key })).headers,
    });
    await close(server);
    await relay.close();
  },
});
