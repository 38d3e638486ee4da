/** An upload server that can be taken down and put up again, on one port: for what happens while it is deployed. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Backend } from '@portage/mock-backend';
import {
  createUploads,
  type ObjectStorage,
  type Routes,
  regions,
  type S3Options,
  type StoreProfile,
  type StoreProfileName,
  s3,
} from '@portage/server';
import { toNodeHandler } from '@portage/server/node';

export interface UploadServer {
  /** What a page is given as its endpoint. */
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  down(): Promise<void>;
  /** Answers 502, as a load balancer does whose servers are gone. */
  badGateway(): Promise<void>;
  /** A new server that knows nothing of the old one but its secret. */
  up(): Promise<void>;
}

export interface UploadServerOptions {
  /** What the store can do. @default nothing beyond what nearly every store can */
  readonly profile?: StoreProfileName | StoreProfile;
  readonly routes?: Routes;
  /** Pages of other origins that may call. @default '*' */
  readonly origins?: readonly string[] | '*';
  /** Of several regions: this store is `eu`, others have their own names. @default this store alone */
  readonly regions?: Readonly<Record<string, ObjectStorage>>;
  /** @default the store's own address */
  readonly publicEndpoint?: NonNullable<S3Options['publicEndpoint']>;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
  /** Life of a signed request in seconds. @default 900 */
  readonly urlLifetime?: number;
}

/** What fails here fails on purpose. */
const QUIET = { info: () => {}, warn: () => {}, error: () => {} };

export async function startUploadServer(
  backend: Backend,
  {
    profile,
    // Where the store speaks TLS, this process goes without.
    publicEndpoint = backend.store.certificate === undefined ? undefined : backend.s3Endpoint,
    regions: others,
    origins = '*',
    routes = { files: { anonymous: true, maxSize: Number.POSITIVE_INFINITY } },
    ...times
  }: UploadServerOptions = {},
): Promise<UploadServer> {
  const { bucket, region, accessKeyId, secretAccessKey } = backend;
  const endpoint = backend.store.plainEndpoint;
  const own = s3({
    ...{ endpoint, bucket, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true },
    ...(profile && { profile }),
    ...(publicEndpoint && { publicEndpoint }),
  });
  const create = () =>
    toNodeHandler(
      createUploads({
        storage: others ? regions({ eu: own, ...others }) : own,
        routes,
        logger: QUIET,
        ...times,
        secret: 'the same for all servers, old ones and new ones',
        basePath: '/api/uploads',
        origins,
      }),
    );
  let server: Server | undefined;
  let port = 0;

  async function down(): Promise<void> {
    const closing = server;
    if (!closing) return;
    server = undefined;
    await new Promise((resolve) => {
      closing.close(resolve);
      closing.closeAllConnections();
    });
  }

  async function replace(listener: RequestListener): Promise<void> {
    await down();
    const next = createServer(listener);
    server = next;
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
    port = (next.address() as AddressInfo).port;
  }

  await replace(create());
  return {
    url: `http://127.0.0.1:${port}/api/uploads`,
    down,
    badGateway: () =>
      replace((incoming, outgoing) => {
        incoming.resume();
        outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>');
      }),
    up: () => replace(create()),
  };
}
