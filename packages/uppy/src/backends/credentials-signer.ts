/** Signs in the page with temporary credentials, as Uppy's `getCredentials` has it. */
import { createSigner, encodeKey, type Signer } from '@portage/protocol/sigv4';
import { steadyNow, within } from '../timer-clock.ts';
import { TIMEOUT } from './http-call.ts';
import type { GetCredentialsFn, PortageRequest, SignRequestFn } from './uppy-types.ts';

/** Life of a presigned URL, in seconds. */
const EXPIRES_IN = 3600;
/** Credentials this close to their end are replaced, in milliseconds. */
const MARGIN = 60_000;
/** A clock that is wrong by less is right enough. In milliseconds. */
const SMALL = 60_000;

/** What the clock is set to: another number once somebody has set it, or the computer has slept. */
const clockIs = (): number => Date.now() - steadyNow();

export function createCredentialsSigner(options: {
  getCredentials: GetCredentialsFn;
  s3Endpoint: string;
  region?: string | undefined;
}): SignRequestFn {
  let current: Promise<{ signer: Signer; offset: number; until: number; set: number }> | undefined;

  async function load() {
    const set = clockIs();
    const loaded = await within(TIMEOUT, Promise.all([options.getCredentials(), clockOffset()]));
    if (loaded === 'late') throw new DOMException('There was no response to `getCredentials`.', 'TimeoutError');
    const [{ credentials, region }, offset] = loaded;
    const until = credentials.expiration ? Date.parse(credentials.expiration) - MARGIN : Number.POSITIVE_INFINITY;
    return { signer: createSigner({ ...credentials, region: options.region ?? region }), offset, until, set };
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

  async function fresh() {
    const before = current ?? begin();
    const loaded = await before;
    const isRight = Math.abs(clockIs() - loaded.set) < SMALL;
    if (isRight && loaded.until > Date.now() + loaded.offset) return loaded;
    // Others that waited for the same may have asked by now.
    return current && current !== before ? current : begin();
  }

  return async (request: PortageRequest) => {
    const url = new URL(`${options.s3Endpoint.replace(/\/+$/, '')}/${encodeKey(request.key.replace(/^\/+/, ''))}`);
    if ('uploadId' in request) url.searchParams.set('uploadId', request.uploadId);
    if ('partNumber' in request) url.searchParams.set('partNumber', String(request.partNumber));
    if (request.partNumberMarker) url.searchParams.set('part-number-marker', request.partNumberMarker);
    if (request.method === 'POST' && !('uploadId' in request)) url.searchParams.set('uploads', '');
    const { signer, offset } = await fresh();
    const { contentType } = request;
    const { url: signed, headers } = signer.presign({
      method: request.method,
      url: url.href,
      // What is sent must be signed: newer Ceph refuses a type that is not.
      ...(contentType && { headers: { 'content-type': contentType } }),
      expiresIn: request.expiresIn ?? EXPIRES_IN,
      at: Date.now() + offset,
    });
    return { url: signed, headers };
  };
}

/**
 * How many milliseconds the page's clock is behind. A store refuses signatures that are more than 15 minutes off, and its
 * refusal reaches the page as a lost connection; so the page's own server is asked for the time before the first one. 0
 * where it does not tell, or the difference is small.
 */
async function clockOffset(): Promise<number> {
  try {
    const asked = Date.now();
    const { headers } = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
    const offset = Date.parse(headers.get('date') ?? '') - (asked + Date.now()) / 2;
    return Math.abs(offset) > SMALL ? offset : 0;
  } catch {
    return 0;
  }
}
