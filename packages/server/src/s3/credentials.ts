import { type Credentials, createSigner, type Signer } from '@portage/protocol/sigv4';
import { StoreError } from '../errors.ts';
import { platformDigests } from '../platform-digests.ts';
import { checkCredentials } from './check-text.ts';

/** Credentials that end; without `expiration` they do not. */
export interface ExpiringCredentials extends Credentials {
  expiration?: Date | undefined;
}

/** Fetches credentials, as AWS's own providers do. Asked again before the last ones end, once for all that wait. */
export type CredentialsProvider = () => Promise<ExpiringCredentials>;

/** A signer, and when its credentials end: no signature outlives them. In milliseconds since the epoch. */
export interface CurrentSigner {
  signer: Signer;
  endsAt: number;
}

export interface SignersOptions {
  credentials: Credentials | CredentialsProvider;
  region: string;
  clock: () => number;
}

/** How long before their end credentials are fetched anew, in milliseconds. */
const AHEAD = 5 * 60_000;

/** Pause after a failure while the old credentials still serve, in milliseconds. */
const PAUSE = 10_000;

/**
 * The signer of the moment.
 * @throws StoreError `unavailable` where there are no credentials, or only ones that are over.
 */
export function createSigners({ credentials, region, clock }: SignersOptions): () => Promise<CurrentSigner> {
  const digests = platformDigests();
  const toSigner = ({ expiration, ...keys }: ExpiringCredentials): CurrentSigner => ({
    signer: createSigner({ ...checkCredentials(keys), region, digests }),
    endsAt: expiration?.getTime() ?? Number.POSITIVE_INFINITY,
  });
  if (typeof credentials !== 'function') {
    const always = Promise.resolve(toSigner(credentials));
    return () => always;
  }

  let current: CurrentSigner | undefined;
  let refreshAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<CurrentSigner> | undefined;

  async function refresh(): Promise<CurrentSigner> {
    try {
      current = toSigner(await (credentials as CredentialsProvider)());
      refreshAt = current.endsAt - AHEAD;
      return current;
    } catch (cause) {
      refreshAt = clock() + PAUSE;
      if (current !== undefined && current.endsAt > clock()) return current;
      throw new StoreError('unavailable', 'The credentials of the store could not be fetched.', cause);
    } finally {
      fetching = undefined;
    }
  }

  return async () => {
    const now = clock();
    if (current !== undefined && current.endsAt > now && now < refreshAt) return current;
    fetching ??= refresh();
    return fetching;
  };
}
