import type { Credentials } from '@portage/protocol/sigv4';
import type { CredentialsProvider } from './credentials.ts';
import type { StoreHeaders } from './store-headers.ts';
import type { StoreProfile, StoreProfileName } from './store-profiles.ts';

export interface S3Options {
  bucket: string;
  /** @default 'us-east-1', or what the profile says */
  region?: string;
  /** Keys, or a function that fetches keys which end; see `@portage/server/aws` for Amazon's own chain. */
  credentials: Credentials | CredentialsProvider;
  /**
   * What the store can do: a name, or single fields. Fields that are left out are those of the profile that `name` names,
   * or else of the default.
   * @default by the host of `endpoint`; `generic` where that is not known
   * @example { name: 'ceph', conditionalWrites: { put: true, complete: false } }
   */
  profile?: StoreProfileName | Partial<StoreProfile>;
  /**
   * What store and bucket are called in tokens: one of another place is refused. Name it where the endpoint changes and
   * uploads shall go on, as in development.
   * @default endpoint and bucket
   */
  place?: string;
  /**
   * Headers that the store wants with every object: encryption with KMS, storage class, tags, Object Lock. Given as a
   * function they are asked for anew for each object, as a date needs it. `x-amz-expected-bucket-owner` and
   * `x-amz-request-payer` go with every request, so pages need them in `AllowedHeaders`. All of them are signed.
   * @default none
   * @example { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-storage-class': 'INTELLIGENT_TIERING' }
   */
  headers?: StoreHeaders;
  /**
   * Absolute URL of the store, without the bucket.
   * @default Amazon's endpoint of the region
   */
  endpoint?: string;
  /**
   * The endpoint that browsers use, where it is not the one that this server uses (inside a container network, say). Where
   * a store has several names, name them all: a browser opens six connections to each, and sends to the others what one
   * of them does not take; over HTTP/2 it opens one to each, which counts where packets are lost. Each request is signed for
   * every name. The first one stands in the addresses of objects.
   * @default the same as `endpoint`; by path and by bucket, on the own hosts of R2 and Google (`bothStyles` of the profile)
   * @example ['https://s3.eu-west-1.amazonaws.com', 'https://s3.dualstack.eu-west-1.amazonaws.com']
   */
  publicEndpoint?: PublicEndpoint | readonly [PublicEndpoint, ...PublicEndpoint[]];
  /**
   * `https://host/bucket/key` rather than `https://bucket.host/key`.
   * @default as the profile says: false for Amazon, true elsewhere
   */
  forcePathStyle?: boolean;
  /**
   * Whether browsers speak HTTP/2, or HTTP/3, with the store, as behind most gateways and CDNs. Pages then begin with many small
   * files at once, and each of several names gets as many parts. Pages find it out by themselves, too, and go back to six files
   * at once where it is not so.
   * @default as the profile says: true for R2, Google and Supabase; else as the store's TLS offers, which is looked at once, in
   * the background of the first upload, where the runtime has `node:tls`
   */
  http2?: boolean;
  /**
   * Whether small files may travel together, in objects from which the server takes each out by a copy within the store. Pages do
   * so over HTTP/1.1 with many small files, where they see that it is faster. A pack has 5.5 MiB or 1,024 files at most, and costs
   * five requests more. The server needs s3:GetObject and s3:DeleteObject. Not for buckets that lock objects. `doctor` says
   * whether the store can.
   * @default false
   */
  packs?: boolean;
  /**
   * Longest time that the server waits for the store, in milliseconds.
   * @default 10_000
   */
  timeout?: number;
  /**
   * The same for calls that may take a store minutes: completing and aborting a multipart upload. In milliseconds.
   * @default 120_000
   */
  slowTimeout?: number;
  /** @default globalThis.fetch */
  fetch?: typeof fetch;
  /** Milliseconds since the epoch. @default Date.now */
  clock?: () => number;
}

/** One name of the store; `forcePathStyle` where it differs from that of the others. */
export type PublicEndpoint = string | { endpoint: string; forcePathStyle: boolean };
