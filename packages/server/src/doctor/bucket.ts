import { createHash } from 'node:crypto';
import { createSigner, hashPayload } from '@portage/protocol/sigv4';
import { createAddress } from '../s3/address.ts';
import { PROFILES, type ProfileName, profileOf, type StoreProfile } from '../s3/profiles.ts';
import type { S3Options } from '../s3/s3.ts';
import { parseError } from '../s3/xml.ts';

/** One request to the bucket. */
export interface BucketRequest {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS';
  /** Empty for the bucket itself. @default '' */
  key?: string;
  /** Without `?`. @default '' */
  query?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** False sends it as a stranger would. @default true */
  signed?: boolean;
}

/** The store's answer, whatever it is. */
export interface BucketAnswer {
  status: number;
  ok: boolean;
  headers: Headers;
  text: string;
  /** S3's error code; empty where there is none. */
  code: string;
}

/** A bucket as the doctor looks at it: every answer is one, also a refusal. */
export interface Bucket {
  readonly name: string;
  readonly profile: StoreProfile;
  /** For messages. */
  readonly endpoint: string;
  readonly region: string;
  /** @throws the error of `fetch` where there is no answer. */
  send(request: BucketRequest): Promise<BucketAnswer>;
}

/** The clock of this machine, in milliseconds since the epoch, may be wrong: that is one of the things to find out. */
export async function openBucket(options: S3Options, clock: () => number): Promise<Bucket> {
  const profile = resolveProfile(options.profile, options.endpoint);
  const region = options.region ?? profile.region;
  const endpoint = options.endpoint ?? `https://s3.${region}.amazonaws.com`;
  const forcePathStyle = options.forcePathStyle ?? profile.forcePathStyle;
  const address = createAddress({ endpoint, bucket: options.bucket, forcePathStyle });
  const { credentials } = options;
  const signer = createSigner({ ...(typeof credentials === 'function' ? await credentials() : credentials), region });

  return {
    name: options.bucket,
    profile,
    endpoint,
    region,
    async send({ method, key = '', query = '', headers = {}, body, signed = true }) {
      const plain = address(key).replace(key === '' ? /\/$/ : /$^/, '');
      const url = query === '' ? plain : `${plain}?${query}`;
      // Rules of a bucket need it on Amazon, and on stores that know no newer checksum.
      const integrity =
        body !== undefined && query !== ''
          ? { 'content-md5': createHash('md5').update(body).digest('base64'), ...headers }
          : headers;
      const request = signed
        ? signer.sign({ method, url, headers: integrity, payloadHash: hashPayload(body ?? ''), at: clock() })
        : { url, headers };
      const response = await fetch(request.url, {
        method,
        headers: { ...request.headers },
        ...(body !== undefined && { body: new TextEncoder().encode(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(20_000),
      });
      const text = await response.text();
      const { status, ok } = response;
      return { status, ok, headers: response.headers, text, code: ok ? '' : (parseError(text)?.code ?? '') };
    },
  };
}

function resolveProfile(profile: ProfileName | StoreProfile | undefined, endpoint: string | undefined): StoreProfile {
  if (typeof profile === 'object') return profile;
  if (profile !== undefined) return PROFILES[profile];
  return endpoint === undefined ? PROFILES.aws : profileOf(endpoint);
}

/** Whether the store does not have this part of S3's API. */
export const isUnknownApi = ({ status, code }: BucketAnswer) =>
  status === 501 || status === 405 || code === 'NotImplemented' || code === 'MethodNotAllowed';

/** `403 AccessDenied`, for messages. */
export const said = ({ status, code }: BucketAnswer) => `${status}${code === '' ? '' : ` ${code}`}`;
