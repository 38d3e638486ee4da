/** Signs in the page with temporary credentials, as Uppy's `getCredentials` has it. */
import { createSigner, encodeKey, type Signer } from '@portage/protocol/sigv4';
import type { GetCredentialsFn, SignRequestFn } from './uppy-types.ts';

/** Life of a presigned URL, in seconds. */
const EXPIRES_IN = 3600;
/** Credentials this close to their end are replaced, in milliseconds. */
const MARGIN = 60_000;

export function createCredentialsSigner(options: {
  getCredentials: GetCredentialsFn;
  s3Endpoint: string;
  region?: string | undefined;
}): SignRequestFn {
  let current: Promise<{ signer: Signer; until: number }> | undefined;

  async function load() {
    const { credentials, region } = await options.getCredentials();
    const until = credentials.expiration ? Date.parse(credentials.expiration) - MARGIN : Number.POSITIVE_INFINITY;
    return { signer: createSigner({ ...credentials, region: options.region ?? region }), until };
  }

  /** One call for all who ask at once; a failed one is not remembered. */
  function begin() {
    const loading = load();
    current = loading;
    loading.catch(() => {
      if (current === loading) current = undefined;
    });
    return loading;
  }

  async function fresh(): Promise<Signer> {
    const loaded = await (current ?? begin());
    return loaded.until > Date.now() ? loaded.signer : (await begin()).signer;
  }

  return async (request) => {
    const url = new URL(`${options.s3Endpoint.replace(/\/+$/, '')}/${encodeKey(request.key.replace(/^\/+/, ''))}`);
    if ('uploadId' in request) url.searchParams.set('uploadId', request.uploadId);
    if ('partNumber' in request) url.searchParams.set('partNumber', String(request.partNumber));
    if (request.method === 'POST' && !('uploadId' in request)) url.searchParams.set('uploads', '');
    const signer = await fresh();
    const signed = signer.presign({
      method: request.method,
      url: url.href,
      expiresIn: request.expiresIn ?? EXPIRES_IN,
      at: Date.now(),
    });
    return { url: signed.url };
  };
}
