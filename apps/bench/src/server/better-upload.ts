/** better-upload's own server, with its defaults: parts of 50 MB, all signed ahead. */
import { handleRequest, route } from '@better-upload/server';
import { custom } from '@better-upload/server/clients';
import { BUCKET, CREDENTIALS, REGION } from './settings.ts';

const GiB = 1024 ** 3;

/** @param store - it knows one origin of the store, that of browsers. */
export function createBetterUpload(store: string): (request: Request) => Promise<Response> {
  const { host, protocol } = new URL(store);
  const limits = { multipleFiles: true, maxFiles: 100_000, maxFileSize: 100 * GiB } as const;
  const router = {
    client: custom({ host, ...CREDENTIALS, region: REGION, secure: protocol === 'https:', forcePathStyle: true }),
    bucketName: BUCKET,
    routes: {
      parts: route({ ...limits, multipart: true }),
      whole: route({ ...limits, signedUrlExpiresIn: 900 }),
    },
  };
  return (request) => handleRequest(request, router);
}
