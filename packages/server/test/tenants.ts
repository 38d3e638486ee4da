import { createUploads, type Route, s3 } from '../src/index.ts';
import { SECRET } from './harness.ts';

const MiB = 1024 * 1024;

/** Users whose names invite mistakes. */
export const USERS = ['ann', 'bob', 'ann/bob', '../bob', 'ann~2Fbob', '', 'ä'.repeat(200)] as const;
export type User = (typeof USERS)[number];

/** Where the keys of each user must lie. */
export const FOLDERS: Readonly<Record<User, RegExp>> = {
  ann: /^ann\/[^/]+\/[^/]+$/,
  bob: /^bob\/[^/]+\/[^/]+$/,
  'ann/bob': /^ann~2Fbob\/[^/]+\/[^/]+$/,
  '../bob': /^~2E~2E~2Fbob\/[^/]+\/[^/]+$/,
  'ann~2Fbob': /^ann~7E2Fbob\/[^/]+\/[^/]+$/,
  '': /^[0-9a-f]{32}\/[^/]+$/,
  [USERS[6]]: /^~[0-9a-f]{64}\/[^/]+\/[^/]+$/,
};

/** A store that knows all uploads and has no objects; it does as little as it can, so that many runs take little time. */
export const quickStore: typeof fetch = async (input, init) => {
  const { searchParams } = new URL(String(input));
  const id = crypto.randomUUID();
  if (searchParams.has('uploads'))
    return new Response(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  if (init?.method === 'HEAD') return new Response(null, { status: 404 });
  if (init?.method === 'GET')
    return new Response('<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>');
  return new Response('<Error><Code>NoSuchUpload</Code></Error>', { status: 404 });
};

const nameOf = (request: Request) => decodeURIComponent(request.headers.get('x-user') ?? '');

const tenant: Route = { authorize: (request) => ({ userId: nameOf(request) }), maxSize: 40 * MiB };
const nameless: Route = { anonymous: true, maxSize: 40 * MiB };

export const CREDENTIALS = { accessKeyId: 'a', secretAccessKey: 's' };

/** What may be otherwise at a server with the same secret and routes of the same names, or at the same one later. */
export interface Elsewhere {
  options?: { audience?: string; basePath?: string };
  store?: { bucket?: string; endpoint?: string };
  route?: Partial<Route>;
}

/** An upload server of several tenants, and one of the same secret that asks nobody for a name: the user `''` goes there. */
export function createTenants(
  onError: (error: unknown) => void,
  clock: () => number,
  { options, store, route: changed }: Elsewhere = {},
) {
  const storage = s3({
    ...{ bucket: 'b', endpoint: 'http://store.example', credentials: CREDENTIALS, fetch: quickStore },
    ...store,
  });
  const create = (route: Route) =>
    createUploads({
      ...{ storage, clock, secret: SECRET, onError },
      routes: { files: { ...route, ...changed }, photos: { ...route, accept: ['image/*'], ...changed } },
      ...options,
    });
  const named = create(tenant);
  const open = create(nameless);
  return (request: Request) => (nameOf(request) === '' ? open : named)(request);
}
