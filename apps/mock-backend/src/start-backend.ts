import { createServer } from 'node:http';
import { createMockS3, type MockS3, type MockS3Options } from '@portage/mock-s3';
import {
  createUploads,
  type Route,
  type Routes,
  regions,
  type StoreProfileName,
  s3,
  type UploadsOptions,
} from '@portage/server';
import { toNodeHandler } from '@portage/server/node';
import { createDemoApi, withCors } from './demo-api.ts';
import { createDemoProcessing } from './demo-processing.ts';
import { close, listen, orFreePort } from './listen.ts';
import { createOutages, sampleLink } from './outages.ts';
import { createStoreReader, joinReaders } from './store-reader.ts';
import { createUppySigner } from './uppy-sign.ts';

export interface BackendOptions {
  /** Port of the upload server and the demo's API; a free one where it is taken. @default 0, any free one */
  apiPort?: number;
  /** Port of the object store; a free one where it is taken. @default 0, any free one */
  s3Port?: number;
  /** Folder for stored objects, made if it does not exist. @default a temporary folder, deleted on close */
  dataDir?: string;
  /** Pages of other origins that may call the API; read at each call. @default [] */
  origins?: readonly string[] | '*';
  /** Address to listen on. @default '127.0.0.1' */
  host?: string;
  /** Two stores, `east` and `west`, as two regions; the first is the one that is told of as `store`. @default false */
  regions?: boolean;
  /** FOR TESTS ONLY: signs whatever it is asked for, as the signing endpoint of an app on Uppy does. @default false */
  signForUppy?: boolean;
  /** Upload routes. @default `files` and `sample` take anything, `images` takes images up to 20 MiB */
  routes?: Routes;
  /**
   * Folder of a queue: then there is a worker, and a route `photos` whose files go through it.
   * @default none
   */
  queueDir?: string;
  /** Whatever else the store can be told, such as `cors` or `intercept`. */
  s3?: Omit<MockS3Options, 'port' | 'host' | 'dataDir' | 'buckets'>;
  /** How many seconds something stays broken that the demo's buttons break. @default 6 */
  outageSeconds?: number;
  /** How fast the demo's sample goes, in bytes per second. @default 10_000_000 */
  sampleSpeed?: number;
  /** What kind of store the upload server takes it for. @default 'mock' */
  profile?: StoreProfileName;
  /** Whether small files may travel together. @default false */
  packs?: boolean;
  /** Whatever else the upload server can be told, such as `urlLifetime` or `clock`. */
  uploads?: Partial<Omit<UploadsOptions, 'storage' | 'secret' | 'basePath' | 'origins'>>;
  /** Hears what differs from what was asked for. @default console.log */
  log?: (line: string) => void;
}

/** A running backend. */
export interface Backend extends AsyncDisposable {
  /** Base address of the API, without a slash at its end. */
  readonly apiUrl: string;
  /** What an upload client is given as its endpoint: routes follow. */
  readonly uploadsUrl: string;
  /** Base address of the store, without the bucket. */
  readonly s3Endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly store: MockS3;
  /** The store of the second region, where there are two. */
  readonly west: MockS3 | undefined;
  /** Stops everything. */
  close(): Promise<void>;
}

const BUCKET = 'uploads';

/** Known to everybody who can read this: for a laptop, never for a server. The same at every start, so uploads resume. */
const DEVELOPMENT_SECRET = 'a secret for development that everybody knows';

const MiB = 1024 * 1024;
const DEMO_ROUTES: Routes = {
  files: { anonymous: true, maxSize: Number.POSITIVE_INFINITY },
  // So small that there are cells to look at.
  sample: { anonymous: true, partSize: 5 * MiB },
  images: { anonymous: true, accept: ['image/*'], maxSize: 20 * MiB, maxFiles: 20 },
};

/** Uploads whose thumbnails are made. */
const PHOTOS: Route = {
  anonymous: true,
  accept: ['image/*', 'video/*', 'application/pdf'],
  maxSize: 1024 * MiB,
  process: 'photos',
};

/** Starts the object store, then the upload server and the demo's API on one port. */
export async function startBackend(options: BackendOptions = {}): Promise<Backend> {
  const { apiPort = 0, s3Port = 0, dataDir, host = '127.0.0.1', origins = [], log = console.log } = options;
  const store = await orFreePort(
    s3Port,
    'object store',
    (port) => createMockS3({ ...options.s3, port, host, buckets: [BUCKET], ...(dataDir !== undefined && { dataDir }) }),
    log,
  );
  // A folder beside that of the first.
  const folder = dataDir === undefined ? {} : { dataDir: `${dataDir}-west` };
  const west = options.regions ? await createMockS3({ ...options.s3, host, buckets: [BUCKET], ...folder }) : undefined;
  // Without TLS, as the store's own: this process knows no certificate of it.
  const addressOf = ({ plainEndpoint, region, credentials: [credentials] }: MockS3) => ({
    ...{ endpoint: plainEndpoint, region, credentials, bucket: BUCKET },
  });
  const address = addressOf(store);
  const { region, credentials } = address;

  const hosts = ['127.0.0.1', 'localhost', '[::1]', host];
  const { clock } = options.uploads ?? {};
  // A restart may take another port; what is in the folder is the same.
  const storageOf = (one: MockS3) =>
    s3({
      ...{ ...addressOf(one), place: one.dataDir, profile: options.profile ?? 'mock', packs: options.packs ?? false },
      ...(one.certificate !== undefined && { publicEndpoint: one.endpoint }),
      ...(clock && { clock }),
    });
  const storage = west ? regions({ east: storageOf(store), west: storageOf(west) }) : storageOf(store);
  const processing = options.queueDir === undefined ? undefined : createDemoProcessing(storage, options.queueDir);
  // The page need not wait for it; without it, files are stored all the same.
  processing?.work().catch((error: Error) => log(`Photos are stored, but nothing is made of them: ${error.message}`));
  const uploads = createUploads({
    storage,
    ...(processing && { processing }),
    routes: options.routes ?? { ...DEMO_ROUTES, ...(processing && { photos: PHOTOS }) },
    secret: DEVELOPMENT_SECRET,
    basePath: '/api/uploads',
    origins,
    hosts,
    ...options.uploads,
  });
  const stores = [store, ...(west ? [west] : [])] as const;
  const reader = joinReaders(stores.map((one) => createStoreReader(addressOf(one))));
  const signForUppy = options.signForUppy ? createUppySigner({ ...address, endpoint: store.endpoint }) : undefined;
  for (const one of stores) one.faults.add(sampleLink(options.sampleSpeed ?? 10_000_000));
  const outages = createOutages({
    stores,
    seconds: options.outageSeconds,
    killServer() {
      server.close();
      // After the response to whoever asked for it.
      const timer = setTimeout(() => server.closeAllConnections(), 100);
      return () => {
        clearTimeout(timer);
        server.listen(port, host);
      };
    },
  });
  const api = withCors(createDemoApi({ reader, outages, signForUppy, processing }), origins, hosts);
  const server = createServer(
    toNodeHandler((request) =>
      new URL(request.url).pathname.startsWith('/api/uploads/') ? uploads(request) : api(request),
    ),
  );
  const port = await orFreePort(apiPort, 'upload API', (wanted) => listen(server, wanted, host), log).catch(
    async (error: unknown) => {
      await Promise.all(stores.map((one) => one.close()));
      throw error;
    },
  );

  const apiUrl = `http://${host}:${port}`;
  const stop = async () => {
    outages.close();
    await Promise.all([close(server), processing?.close()]);
    await Promise.all(stores.map((one) => one.close()));
  };
  return {
    apiUrl,
    uploadsUrl: `${apiUrl}/api/uploads`,
    s3Endpoint: store.endpoint,
    bucket: BUCKET,
    region,
    ...credentials,
    store,
    west,
    close: stop,
    [Symbol.asyncDispose]: stop,
  };
}
