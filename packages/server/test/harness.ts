import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMockS3, type MockS3, type MockS3Options } from '@portage/mock-s3';
import type { CompleteResponse, Created, SignedPart, SignedRequest, WireError } from '@portage/protocol';
import {
  createUploads,
  type Route,
  type Routes,
  type Storage,
  s3,
  type Uploads,
  type UploadsOptions,
} from '../src/index.ts';
import { toNodeHandler } from '../src/node.ts';

export const MiB = 1024 * 1024;
export const BUCKET = 'test-bucket';
export const SECRET = 'a secret of at least thirty-two characters';

export const file = (name: string, size: number, more: object = {}) => ({ name, size, type: 'text/plain', ...more });

/** Bytes that differ from place to place. */
export function bytesOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index++) bytes[index] = (index * 31 + (index >> 8)) % 251;
  return bytes;
}

/** What every call must say of its body. */
export const JSON_TYPE = { 'content-type': 'application/json' } as const;

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Harness extends AsyncDisposable {
  url: string;
  store: MockS3;
  uploads: Uploads;
  /** Errors that the server logged. */
  errors: unknown[];
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<T & WireError>>;
  /** Creates one upload. */
  create(intent: object, route?: string, headers?: Record<string, string>): Promise<Created>;
  complete(
    token: string,
    parts?: { partNumber: number; etag: string }[],
  ): Promise<Answer<CompleteResponse & WireError>>;
}

const ANYBODY = (route: Route): Route => ({ anonymous: true, maxSize: Number.POSITIVE_INFINITY, ...route });

type Options = Partial<UploadsOptions> & { routes?: Routes; s3?: MockS3Options };

/** A real upload server before a real store, both on sockets. */
export async function startServer({
  s3: storeOptions = {},
  routes = { files: {} },
  ...options
}: Options = {}): Promise<Harness> {
  const store = await createMockS3({ buckets: [BUCKET], ...storeOptions });
  const errors: unknown[] = [];
  // Most tests are about something else than who asks.
  const identified = Object.entries(routes).map(([name, route]) => [name, route.authorize ? route : ANYBODY(route)]);
  const uploads = createUploads({
    storage: s3({ endpoint: store.endpoint, bucket: BUCKET, region: store.region, credentials: store.credentials[0] }),
    routes: Object.fromEntries(identified) as Routes,
    secret: SECRET,
    onError: (error) => errors.push(error),
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...options,
  });
  const server = createServer(toNodeHandler(uploads));
  // A busy machine may hold all of this up for seconds. `fetch` would then make a call over a connection that has just been closed.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const post: Harness['post'] = async (path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };

  return {
    url,
    store,
    uploads,
    errors,
    post,
    async create(intent, route = 'files', headers = {}) {
      const { body } = await post<{ files: Created[] }>(`/${route}/create`, { files: [intent] }, headers);
      const [created] = body.files ?? [];
      if (created?.kind !== 'multipart') throw new Error(`Not created: ${JSON.stringify(body)}`);
      return created;
    },
    complete: (token, parts = []) => post('/files/complete', { token, parts }),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await store.close();
    },
  };
}

/** Sends the whole file; returns its parts as `complete` wants them named. */
export const sendAll = ({ requests, partSize }: Created, bytes: Uint8Array<ArrayBuffer>) =>
  sendParts(requests, partSize, bytes);

/** A signed request of a storage, for a part of one byte. */
export async function signOne(storage: Storage, key = 'k', lifetime = 900): Promise<SignedRequest> {
  const [signed] = await storage.signParts({ key, uploadId: 'u', parts: [{ partNumber: 1, size: 1 }], lifetime });
  if (signed === undefined) throw new Error('nothing was signed');
  return signed.request;
}

/** The one request of a small file. */
export function onlyRequest({ requests }: Created): SignedRequest {
  const [first, second] = requests;
  if (first === undefined || second !== undefined) throw new Error('expected one part');
  return first.request;
}

/** Sends bytes with a signed request, as a browser would; returns the store's response. */
export async function send({ method, url, headers }: SignedRequest, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  const response = await fetch(url, { method, headers, body });
  await response.clone().arrayBuffer();
  return response;
}

/** Sends parts of `bytes`; returns them as `complete` wants them named. */
export async function sendParts(parts: readonly SignedPart[], partSize: number, bytes: Uint8Array<ArrayBuffer>) {
  return Promise.all(
    parts.map(async ({ partNumber, request }) => {
      const start = (partNumber - 1) * partSize;
      const response = await send(request, bytes.slice(start, start + partSize));
      if (!response.ok) throw new Error(`Part ${partNumber}: ${response.status} ${await response.text()}`);
      return { partNumber, etag: response.headers.get('etag') ?? '' };
    }),
  );
}

/** An `authorize` that takes the header of that name for the user. */
export const byHeader = (request: Request) => {
  const userId = request.headers.get('authorization');
  return userId === null ? null : { userId };
};

export const as = (userId: string) => ({ authorization: userId });
