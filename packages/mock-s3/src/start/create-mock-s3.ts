import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { MIN_PART_SIZE } from '@portage/protocol';
import type { Credentials } from '../auth/credentials.ts';
import { CONTROL_PATH, type Controlled, isControl, serveControl } from '../control/control-api.ts';
import { S3Error } from '../errors/s3-error.ts';
import { dataDirError, listenError, MockS3StartError } from '../errors/start-error.ts';
import { StoreFaults } from '../faults/fault-control.ts';
import { InvalidFaults } from '../faults/faults.ts';
import { type Certificate, makeCertificate } from '../http/certificate.ts';
import { defaultCorsRule } from '../http/cors.ts';
import { isLoopback } from '../http/host.ts';
import { type ListenAddress, type Listener, listen } from '../http/listen.ts';
import { RequestJournal } from '../journal/journal.ts';
import { MIMICS, type Mimic } from '../mimic/mimic.ts';
import type { Environment } from '../pipeline/environment.ts';
import { OpenRequests } from '../pipeline/open-requests.ts';
import { serve } from '../pipeline/serve.ts';
import { isBucketName } from '../store/bucket-name.ts';
import { DiskStore } from '../store/disk-store.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { makeFolder } from '../store/make-folder.ts';
import { checkFolder, markFolder } from '../store/own-folder.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import type { MockS3 } from './mock-s3.ts';
import type { MockS3Options } from './options.ts';

/**
 * Starts an S3-compatible object store on disk.
 * @throws {MockS3StartError} If the port is taken, the data folder can not be used, or an option makes no sense.
 * @example
 * await using store = await createMockS3({ buckets: ['uploads'] });
 * console.log(store.endpoint, store.credentials[0]);
 */
export async function createMockS3(options: MockS3Options = {}): Promise<MockS3> {
  const { host = '127.0.0.1', port = 0, region = 'us-east-1', now = Date.now, buckets = [] } = options;
  const mimic: Mimic = MIMICS[options.mimic ?? 'aws'];
  checkBucketNames(buckets);
  checkKeys(host, options.credentials);
  const idleTimeout = idleTimeoutOf(options);
  const folder = await openDataDir(options.dataDir);
  try {
    const own = await markFolder(folder.path);
    const [first = own, ...others] = options.credentials ?? [];
    const store = await openStore(folder.path, options);
    for (const name of buckets) if (!store.hasBucket(name)) await store.createBucket(name, now());
    const environment: Environment = {
      store,
      journal: new RequestJournal(now),
      gate: { credentials: [first, ...others], region, now, mimic },
      corsDefaults: options.cors === false ? [] : [defaultCorsRule(options.cors ?? {})],
      corsErrors: (options.cors === false ? undefined : options.cors?.errors) ?? mimic.corsErrors,
      faults: openFaults(options),
      open: new OpenRequests(),
      intercept: options.intercept ?? (() => undefined),
      domains: options.domains ?? ['localhost', 's3.localhost'],
      mimic,
      minPartSize: options.minPartSize ?? MIN_PART_SIZE,
      idleTimeout,
      onInternalError: options.onInternalError ?? console.error,
    };
    const certificate = await certificateOf(options, host);
    const address = { host, keepAlive: options.keepAlive ?? true };
    const secure = certificate && { ...certificate, http2: options.http2 === true };
    const listener = await start(environment, { ...address, port, secure });
    const plain = certificate && (await start(environment, { ...address, port: 0 }));
    const close = async (): Promise<void> => {
      await Promise.all([listener.close(), plain?.close()]);
      await folder.dispose();
    };
    const name = host.includes(':') ? `[${host}]` : host;
    const endpoint = `${certificate ? 'https' : 'http'}://${name}:${listener.port}`;
    return {
      endpoint,
      plainEndpoint: plain ? `http://${name}:${plain.port}` : endpoint,
      certificate: certificate?.cert,
      controlUrl: `${plain ? `http://${name}:${plain.port}` : endpoint}${CONTROL_PATH}`,
      host,
      port: listener.port,
      region,
      credentials: [first, ...others],
      dataDir: folder.path,
      faults: environment.faults,
      journal: environment.journal,
      cut: (filter) => environment.open.cut(filter),
      ...inspect(store),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await folder.dispose();
    throw error;
  }
}

/** The ways for a test to look at what is stored. */
function inspect(store: DiskStore): Pick<MockS3, 'buckets' | 'objects' | 'sha256' | 'multipartUploads'> {
  return {
    buckets: () => store.buckets().map(({ name }) => name),
    objects: (bucket) =>
      store
        .bucket(bucket)
        .objects.sorted()
        .map(({ key, size, etag, lastModified, headers }) => ({
          key,
          size,
          etag,
          lastModified: new Date(lastModified),
          headers,
        })),
    sha256: async (bucket, key) => {
      const { objects, blobs } = store.bucket(bucket);
      const object = objects.get(key);
      if (object === undefined) throw new S3Error('NoSuchKey', { details: { Key: key } });
      const hash = createHash('sha256');
      for await (const chunk of blobs.read(object.blobs, 0, object.size)) hash.update(chunk);
      return hash.digest('hex');
    },
    multipartUploads: (bucket) =>
      store
        .bucket(bucket)
        .uploads.sorted()
        .map((upload) => ({
          key: upload.record.key,
          uploadId: upload.record.uploadId,
          initiated: new Date(upload.record.initiated),
          parts: upload.parts().map(({ partNumber, etag, blob }) => ({ partNumber, size: blob.size, etag })),
        })),
  };
}

function checkBucketNames(names: readonly string[]): void {
  const bad = names.find((name) => !isBucketName(name));
  if (bad === undefined) return;
  throw new MockS3StartError(
    'invalid-option',
    `"${bad}" can not be the name of a bucket. Take 3 to 63 lower-case letters, digits, dots and hyphens.`,
  );
}

/** Elsewhere than on this machine, whoever finds the port must know what nobody else does; so must you, to use it. */
function checkKeys(host: string, credentials: readonly Credentials[] = []): void {
  if (credentials.length > 0 || isLoopback(host)) return;
  throw new MockS3StartError(
    'invalid-option',
    `A store that listens on ${host} can be reached from other machines. Give it keys of your own: credentials, or --access-key and --secret-key.`,
  );
}

/** A timer that is set to more, `Infinity` too, is over at once: no body would be in time. */
function idleTimeoutOf({ idleTimeout = 60_000 }: MockS3Options): number {
  if (idleTimeout > 0 && idleTimeout < 2 ** 31) return idleTimeout;
  const message = `\`idleTimeout\` is ${idleTimeout}; it takes milliseconds, more than 0 and less than 24 days of them.`;
  throw new MockS3StartError('invalid-option', message);
}

async function certificateOf({ tls, http2 }: MockS3Options, host: string): Promise<Certificate | undefined> {
  if (http2 && tls === false)
    throw new MockS3StartError('invalid-option', 'No browser speaks HTTP/2 without TLS: leave out `tls: false`.');
  if (!tls && !http2) return undefined;
  if (typeof tls !== 'object') return makeCertificate(host);
  try {
    createSecureContext(tls);
    return tls;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new MockS3StartError('invalid-option', `tls: { key, cert } are no key and its certificate (${why}).`, {
      cause,
    });
  }
}

async function openDataDir(dataDir: string | undefined): Promise<{ path: string; dispose: () => Promise<void> }> {
  if (dataDir === undefined) {
    return temporaryFolder();
  }
  const path = resolve(dataDir);
  try {
    await makeFolder(path);
    await checkFolder(path);
    return { path, dispose: await lockFolder(path) };
  } catch (error) {
    throw dataDirError(error, path);
  }
}

async function openStore(path: string, { fsync = false }: MockS3Options): Promise<DiskStore> {
  try {
    return await DiskStore.open(path, { fsync });
  } catch (error) {
    throw dataDirError(error, path);
  }
}

function openFaults({ faults }: MockS3Options): StoreFaults {
  const control = new StoreFaults();
  try {
    if (faults !== undefined) control.set(faults);
    return control;
  } catch (error) {
    if (error instanceof InvalidFaults) throw new MockS3StartError('invalid-option', error.message, { cause: error });
    throw error;
  }
}

function controlOf({ faults, journal, open }: Environment): Controlled {
  return { faults, journal, cut: () => open.cut({}) };
}

/** While the store is down, a connection that does not ask for the control API by then is reset. In milliseconds. */
const CONTROL_GRACE = 100;

async function start(environment: Environment, address: ListenAddress): Promise<Listener> {
  const { faults, open, domains } = environment;
  const steering = new WeakSet<Socket>();
  try {
    return await listen(
      address,
      async (exchange) => {
        const { incoming, socket } = exchange;
        if (isControl(incoming, domains)) {
          steering.add(socket);
          return serveControl(controlOf(environment), [...domains, address.host], exchange);
        }
        if (!faults.isDown()) return serve(environment, exchange);
        socket.resetAndDestroy();
      },
      (socket) => {
        open.connected(socket);
        if (!faults.isDown()) return;
        // Not sooner: whoever took the store down has to reach the control API to bring it up again.
        const timer = setTimeout(
          () => faults.isDown() && !steering.has(socket) && socket.resetAndDestroy(),
          CONTROL_GRACE,
        );
        socket.once('close', () => clearTimeout(timer));
      },
    );
  } catch (error) {
    throw listenError(error, address.host, address.port);
  }
}
