import type { StoredPart } from '@portage/protocol';
import { type Credentials, createSigner } from '@portage/protocol/sigv4';
import { StoreError } from '../errors.ts';
import { platformDigests } from '../platform-digests.ts';
import type { ObjectHeaders, Storage } from '../storage.ts';
import { createAddress, wantsPathStyle } from './address.ts';
import { createClient } from './client.ts';
import { completeBody, parseParts, parseUploadId } from './xml.ts';

export interface S3Options {
  bucket: string;
  /** @default 'us-east-1' */
  region?: string;
  credentials: Credentials;
  /**
   * Absolute URL of the store, without the bucket.
   * @default Amazon's endpoint of the region
   */
  endpoint?: string;
  /**
   * The endpoint that browsers use, where it is not the one that this server uses (inside a container network, say).
   * @default the same as `endpoint`
   */
  publicEndpoint?: string;
  /**
   * `https://host/bucket/key` rather than `https://bucket.host/key`.
   * @default false at amazonaws.com, true elsewhere
   */
  forcePathStyle?: boolean;
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

/** Any S3-compatible store. Nothing is sent to it before the first upload. */
export function s3(options: S3Options): Storage {
  const { bucket, region = 'us-east-1', credentials, timeout = 10_000, slowTimeout = 120_000 } = options;
  const clock = options.clock ?? Date.now;
  const endpoint = options.endpoint ?? `https://s3.${region}.amazonaws.com`;
  const forcePathStyle = options.forcePathStyle ?? wantsPathStyle(endpoint);
  const address = createAddress({ endpoint, bucket, forcePathStyle });
  const publicAddress = createAddress({ endpoint: options.publicEndpoint ?? endpoint, bucket, forcePathStyle });
  const signer = createSigner({ ...credentials, region, digests: platformDigests() });
  const send = createClient({ signer, clock, fetch: options.fetch ?? ((input, init) => fetch(input, init)) });

  const uploadUrl = (key: string, uploadId: string) => `${address(key)}?uploadId=${encodeURIComponent(uploadId)}`;

  /** The length is signed with the request: the store refuses a body of any other. */
  const signExactly = (url: string, size: number, headers: ObjectHeaders, lifetime: number, at: number) => ({
    ...signer.presign({
      method: 'PUT' as const,
      url,
      headers: { ...headers, 'content-length': String(size) },
      expiresIn: lifetime,
      at,
    }),
    expiresIn: lifetime * 1000,
  });

  return {
    async signPut({ key, size, headers, lifetime }) {
      return signExactly(publicAddress(key), size, headers, lifetime, clock());
    },

    async signParts({ key, uploadId, parts, lifetime }) {
      const at = clock();
      const url = `${publicAddress(key)}?uploadId=${encodeURIComponent(uploadId)}&partNumber=`;
      return parts.map(({ partNumber, size }) => ({
        partNumber,
        request: signExactly(url + partNumber, size, {}, lifetime, at),
      }));
    },

    async createMultipartUpload({ key, headers }) {
      const operation = 'CreateMultipartUpload';
      const { text } = await send({ method: 'POST', url: `${address(key)}?uploads=`, headers, timeout, operation });
      const uploadId = parseUploadId(text);
      if (uploadId === undefined) throw new StoreError('unavailable', `${operation}: the answer has no upload id.`);
      return uploadId;
    },

    async listParts({ key, uploadId }) {
      const operation = 'ListParts';
      const parts: StoredPart[] = [];
      let marker: number | undefined = 0;
      while (marker !== undefined) {
        const url: string = `${uploadUrl(key, uploadId)}&max-parts=1000&part-number-marker=${marker}`;
        const page = parseParts((await send({ method: 'GET', url, timeout, operation })).text);
        // A marker that does not move on would make this an endless loop.
        if (page === undefined || (page.next !== undefined && page.next <= marker))
          throw new StoreError('unavailable', `${operation}: the answer is not a list of parts.`);
        parts.push(...page.parts);
        marker = page.next;
      }
      return parts;
    },

    async completeMultipartUpload({ key, uploadId, parts }) {
      const operation = 'CompleteMultipartUpload';
      const body = completeBody(parts);
      await send({ method: 'POST', url: uploadUrl(key, uploadId), body, timeout: slowTimeout, operation });
    },

    async abortMultipartUpload({ key, uploadId }) {
      const operation = 'AbortMultipartUpload';
      await send({ method: 'DELETE', url: uploadUrl(key, uploadId), timeout: slowTimeout, operation });
    },

    async headObject(key) {
      const answer = await send({ method: 'HEAD', url: address(key), timeout, operation: 'HeadObject' }).catch(
        (error: unknown) => {
          if (error instanceof StoreError && error.reason === 'no-such-upload') return undefined;
          throw error;
        },
      );
      if (answer === undefined) return undefined;
      const size = answer.headers.get('content-length');
      if (size === null) throw new StoreError('unavailable', 'HeadObject: the answer has no content-length.');
      return { size: Number(size), etag: answer.headers.get('etag') ?? '""', metadata: metadataOf(answer.headers) };
    },

    async deleteObject(key) {
      await send({ method: 'DELETE', url: address(key), timeout, operation: 'DeleteObject' });
    },

    location: publicAddress,
  };
}

const PREFIX = 'x-amz-meta-';

const metadataOf = (headers: Headers) =>
  Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith(PREFIX)).map(([name, value]) => [name.slice(PREFIX.length), value]),
  );
