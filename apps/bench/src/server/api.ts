/** The server side of every uploader: ours is the real one; the others get what their documentation has. */
import { randomUUID } from 'node:crypto';
import { createSigner, encodeKey } from '@portage/protocol/sigv4';
import { createUploads, PROFILES, type StoreProfile, s3 } from '@portage/server';
import { createBetterUpload } from './better-upload.ts';
import { BUCKET, CREDENTIALS, REGION } from './settings.ts';

/** As long as one that a day of uploads may need. */
const URL_LIFETIME = 900;

/** Amazon's in all, but by path: an address of a namespace has no names below it. */
const AMAZON: StoreProfile = { ...PROFILES.aws, name: 'bench', forcePathStyle: true };

/** Origins of the store: as this server reaches it, and as browsers do. Without a slash at the end. */
export interface StoreOrigins {
  readonly near: string;
  /** By each of its names; the first is what uploaders use that know only one. */
  readonly far: readonly [string, ...string[]];
  /** Whether those speak HTTP/2. */
  readonly http2?: boolean;
}

export function createApi({ near, far: names, http2 = false }: StoreOrigins): (request: Request) => Promise<Response> {
  const [far, another = far] = names;
  const place = { endpoint: near, bucket: BUCKET, region: REGION, credentials: CREDENTIALS, profile: AMAZON, http2 };
  const storage = s3({ ...place, publicEndpoint: far });
  const shared = { secret: 'a secret for benchmarks, which protects nothing at all', onError: console.error };
  const anybody = { anonymous: true, maxSize: Number.POSITIVE_INFINITY } as const;
  const portage = createUploads({
    ...shared,
    storage,
    basePath: '/api/uploads',
    routes: {
      files: anybody,
      packs: { ...anybody, storage: s3({ ...place, publicEndpoint: far, packs: true }) },
      'two-names': { ...anybody, storage: s3({ ...place, publicEndpoint: [far, another] }) },
      'four-names': { ...anybody, storage: s3({ ...place, publicEndpoint: names }) },
      // The same without a checksum: the browser computes none, the store shows none.
      unchecked: { ...anybody, storage: { ...storage, checksum: undefined } },
    },
  });
  const signer = createSigner({ ...CREDENTIALS, region: REGION });
  const presign = (method: string, key: string, query = '') =>
    signer.presign({
      method,
      url: `${far}/${BUCKET}/${encodeKey(key)}${query && `?${query}`}`,
      expiresIn: URL_LIFETIME,
      at: Date.now(),
    }).url;

  const handlers: Record<string, (request: Request) => Promise<unknown>> = {
    /** For the plain PUTs: the URLs of a file's parts; of the file itself where there is no part size. */
    async presign(request) {
      const { files, partSize }: { files: { size: number }[]; partSize?: number } = await request.json();
      return files.map(({ size }) => {
        const key = randomUUID();
        if (partSize === undefined) return [presign('PUT', key)];
        return Array.from({ length: Math.max(1, Math.ceil(size / partSize)) }, (_, index) =>
          presign('PUT', key, `partNumber=${index + 1}&uploadId=${key}`),
        );
      });
    },
    /** `signRequest` of `@uppy/aws-s3` 6. */
    async sign(request) {
      const { method, key, uploadId, partNumber } = await request.json();
      const query = new URLSearchParams();
      if (uploadId !== undefined) query.set('uploadId', uploadId);
      else if (method === 'POST') query.set('uploads', '');
      if (partNumber !== undefined) query.set('partNumber', String(partNumber));
      return { url: presign(method, key, query.toString()) };
    },
    /** The five functions of `@uppy/aws-s3` 5. */
    async 'v5/create'() {
      const key = randomUUID();
      return { key, uploadId: await storage.createMultipartUpload({ key, headers: {} }) };
    },
    async 'v5/sign'(request) {
      const { key, uploadId, partNumber } = await request.json();
      return { url: presign('PUT', key, new URLSearchParams({ uploadId, partNumber }).toString()) };
    },
    async 'v5/complete'(request) {
      const { key, uploadId, parts } = await request.json();
      await storage.completeMultipartUpload({ key, uploadId, parts });
      return { location: storage.location(key) };
    },
    async 'v5/put'() {
      return { method: 'PUT', url: presign('PUT', randomUUID()) };
    },
    /** What `@aws-sdk/lib-storage` signs with in the page. */
    async credentials() {
      return { ...CREDENTIALS, endpoint: far, bucket: BUCKET, region: REGION, key: randomUUID() };
    },
  };
  const betterUpload = createBetterUpload(far);

  return async (request) => {
    const name = new URL(request.url).pathname.slice('/api/'.length);
    if (name.startsWith('uploads/')) return portage(request);
    if (name === 'better-upload') return betterUpload(request);
    const handler = handlers[name];
    return handler ? Response.json(await handler(request)) : new Response(null, { status: 404 });
  };
}
