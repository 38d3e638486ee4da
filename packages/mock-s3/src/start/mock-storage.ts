import { join, resolve } from 'node:path';
import type { Credentials } from '../auth/credentials.ts';
import { MockS3StartError } from '../errors/start-error.ts';
import { createMockS3 } from './create-mock-s3.ts';
import type { MockS3 } from './mock-s3.ts';
import type { MockS3Options } from './options.ts';

/** How an embedded store is to be; everything has a default. */
export interface MockStorageOptions extends Omit<MockS3Options, 'buckets' | 'dataDir' | 'keepAlive'> {
  /** The bucket, made if it does not exist. @default 'uploads' */
  readonly bucket?: string;
  /**
   * Folder for what is uploaded, which is there again after a restart; each bucket has a folder in it.
   * @default a temporary folder, deleted when the process ends
   */
  readonly dataDir?: string;
  /** Start even where `NODE_ENV` is `production`. @default false */
  readonly force?: boolean;
}

/** A running store, described as `s3()` of `@portage/server` wants to have it. */
export interface MockStorage extends AsyncDisposable {
  readonly endpoint: string;
  /** What pages are given where the store speaks TLS; the server goes without. */
  readonly publicEndpoint?: string;
  readonly bucket: string;
  /** The same after a restart, when the port is another one. */
  readonly place: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly profile: 'mock';
  readonly forcePathStyle: true;
  /** The store itself: its objects, faults and journal. */
  readonly store: MockS3;
  /** Stops the store, for all who share it. */
  close(): Promise<void>;
}

/**
 * Starts a store inside this process, for development without an account or a setting. Whoever asks for the same bucket
 * in the same folder again shares it, as does a module that a development server loads anew; the options of the first
 * call hold. It ends with the process, and does not keep it alive.
 * @throws {MockS3StartError} `production` where `NODE_ENV` is `production`; else as `createMockS3`.
 * @example
 * createUploads({ storage: s3(await mockStorage()), secret, routes: { files: { anonymous: true } } });
 */
export async function mockStorage(options: MockStorageOptions = {}): Promise<MockStorage> {
  const { bucket = 'uploads', dataDir, force = false, ...rest } = options;
  if (process.env['NODE_ENV'] === 'production' && !force) throw inProduction();
  const folder = dataDir === undefined ? undefined : resolve(dataDir, bucket);
  const name = join(folder ?? '', bucket);
  const running = sharedStorages();
  const storage =
    running.get(name) ??
    start(bucket, name, { ...rest, ...(folder !== undefined && { dataDir: folder }) }, () => running.delete(name));
  running.set(name, storage);
  // What did not start is nothing to share.
  storage.catch(() => running.delete(name));
  return storage;
}

async function start(bucket: string, place: string, options: MockS3Options, closed: () => void): Promise<MockStorage> {
  const store = await createMockS3({ ...options, buckets: [bucket], keepAlive: false });
  const close = async (): Promise<void> => {
    await store.close();
    closed();
  };
  return {
    endpoint: store.plainEndpoint,
    ...(store.certificate !== undefined && { publicEndpoint: store.endpoint }),
    bucket,
    place,
    region: store.region,
    credentials: store.credentials[0],
    profile: 'mock',
    forcePathStyle: true,
    store,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const SHARED = Symbol.for('@portage/mock-s3/storages');

/** Held by the process, not by this module: development servers load modules anew whenever a file changes. */
function sharedStorages(): Map<string, Promise<MockStorage>> {
  const holder = globalThis as { [SHARED]?: Map<string, Promise<MockStorage>> };
  holder[SHARED] ??= new Map();
  return holder[SHARED];
}

const inProduction = (): MockS3StartError =>
  new MockS3StartError(
    'production',
    'mockStorage() is a store for development: its keys are known to everybody, and its files lie on this one machine. ' +
      'NODE_ENV is production, so name your own store with s3(), or pass { force: true } if this is what you want.',
  );
