import { crc64OfWhole, hidesMd5, type SignedRequest, type StoredPart } from '@portage/protocol';
import { encodeKey } from '@portage/protocol/sigv4';
import { checkTime } from '../check-time.ts';
import { StoreError } from '../errors.ts';
import type { ObjectHeaders, ObjectSeen, ObjectStorage, StoredObject } from '../storage.ts';
import { type Address, type AddressOptions, createAddress } from './address.ts';
import { createAlpnLook } from './alpn.ts';
import { createClient } from './client.ts';
import { copyObject } from './copy-object.ts';
import { createSigners } from './credentials.ts';
import { listPages } from './list-pages.ts';
import { pooledFetch } from './pool.ts';
import { resolveStore } from './resolve.ts';
import type { PublicEndpoint, S3Options } from './s3-options.ts';
import { createStoreClock, type StoreClock } from './store-clock.ts';
import { createStoreHeaders } from './store-headers.ts';
import { PACKS_OVER_5_MIB } from './store-profiles.ts';
import {
  completeBody,
  type ObjectsPage,
  parseCopied,
  parseObjects,
  parseParts,
  parseUploadId,
  parseUploads,
  type UploadsPage,
} from './xml.ts';

/**
 * Any S3-compatible store. Nothing is sent to it before the first upload.
 * @throws TypeError that says what is wrong with an option.
 */
export function s3(options: S3Options): ObjectStorage {
  const { clock = Date.now, credentials, timeout, slowTimeout } = options;
  if (timeout !== undefined) checkTime('timeout', timeout, 'milliseconds');
  if (slowTimeout !== undefined) checkTime('slowTimeout', slowTimeout, 'milliseconds');
  const { region } = resolveStore(options);
  return create(options, {
    signers: createSigners({ credentials, region, clock }),
    storeClock: createStoreClock(clock),
    speaksHttp2: speaksHttp2(options),
    copies: { refusedAt: Number.NEGATIVE_INFINITY },
  });
}

/** What a storage shares with those that end their calls with a signal. */
interface Shared {
  signers: ReturnType<typeof createSigners>;
  storeClock: StoreClock;
  speaksHttp2: () => boolean | undefined;
  /** When the store last refused to copy out of a pack, in milliseconds since the epoch. */
  copies: { refusedAt: number };
}

/**
 * Where the store refuses such a copy, no packs are offered for so long, in milliseconds: each page would send one in vain, and then its
 * files again.
 */
const NO_PACKS = 600_000;

/** As options and profile say, or else as the store's own TLS does. An app with a `fetch` of its own reaches the store its own way. */
function speaksHttp2(options: S3Options): () => boolean | undefined {
  const { profile } = resolveStore(options);
  const said = options.http2 ?? profile.http2;
  if (said !== undefined || options.fetch) return () => said;
  return createAlpnLook(addressesOf(options).map((address) => address('')));
}

function create(options: S3Options, shared: Shared, signal?: AbortSignal): ObjectStorage {
  const { bucket, timeout = 10_000, slowTimeout = 120_000, clock = Date.now } = options;
  const { signers, storeClock, speaksHttp2, copies } = shared;
  const { profile, endpoint, forcePathStyle } = resolveStore(options);
  const own = createStoreHeaders(options.headers);
  const address = createAddress({ endpoint, bucket, forcePathStyle });
  const addresses = addressesOf(options);
  let turnOfFiles = 0;
  const client = createClient({ signers, clock: storeClock, machine: clock, fetch: options.fetch ?? pooledFetch });
  const send: typeof client = (call) => client({ signal, ...call, headers: { ...call.headers, ...own.everywhere() } });

  const sourceOf = ({ key, seen }: ObjectSeen) => ({
    'x-amz-copy-source': `/${bucket}/${encodeKey(key)}${versionOf(seen)}`,
    ...(profile.conditionalWrites.copy !== false && same('x-amz-copy-source-if-match', seen)),
  });
  const uploadUrl = (key: string, uploadId: string) => `${address(key)}?uploadId=${encodeURIComponent(uploadId)}`;

  /** Signs requests at one moment. None outlives the credentials: such a signature would end without saying so. */
  async function at(lifetime: number) {
    const { signer, endsAt } = await signers();
    const expiresIn = Math.max(1, Math.min(lifetime, Math.floor((endsAt - clock()) / 1000)));
    const now = storeClock.now();
    /** For one URL and any query. The length is signed with the request: the store refuses a body of any other. */
    return (url: string, size: number): ((query: string) => SignedRequest) => {
      const headers = { ...own.everywhere(), 'content-length': String(size) };
      const presign = signer.presigner({ method: 'PUT', url, headers, expiresIn, at: now });
      return (query) => ({ ...presign(query), expiresIn: expiresIn * 1000 });
    };
  }

  // S3's only checksum of a whole object that needs no second look at its bytes.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
  const checksum = profile.compare.multipart;
  const verified = checksum === 'CRC64NVME';

  return {
    place: options.place ?? address(''),
    checksum,
    minPartSize: profile.minPartSize,
    maxParts: profile.maxParts,
    equalParts: profile.equalParts,
    refusesOverwrite: profile.conditionalWrites.complete,
    takesLateParts: profile.takesLateParts ?? false,
    names: addresses.length,
    get http2() {
      return speaksHttp2() ?? false;
    },
    locksObjects: own.locks,
    get packs() {
      // What is locked nobody could delete once it is unpacked.
      const are = options.packs && !own.locks && clock() - copies.refusedAt >= NO_PACKS;
      return are ? (profile.packs ?? PACKS_OVER_5_MIB) : undefined;
    },

    async signParts({ key, uploadId, parts, lifetime }) {
      const prepare = await at(lifetime);
      const upload = `&uploadId=${encodeURIComponent(uploadId)}`;
      // All parts but the last are of one size, so nearly all of the work is done once for each name.
      const presigners = new Map<number, ((query: string) => SignedRequest)[]>();
      return parts.map(({ partNumber, size }) => {
        const signed = presigners.get(size) ?? addresses.map((address) => prepare(address(key), size));
        presigners.set(size, signed);
        const requests = signed.map((sign) => sign(`partNumber=${partNumber}${upload}`));
        // Small files have one part each: then files take turns.
        return { partNumber, request: byAllNames(requests, parts.length === 1 ? turnOfFiles++ : partNumber - 1) };
      });
    },

    async createMultipartUpload({ key, headers, passing = false }) {
      const operation = 'CreateMultipartUpload';
      const all = {
        ...headers,
        ...(passing ? own.ofPassing() : own.ofUpload()),
        ...(verified && { 'x-amz-checksum-algorithm': checksum, ...WHOLE_OBJECT }),
      };
      const call = { method: 'POST', url: `${address(key)}?uploads=`, headers: all, timeout, operation } as const;
      const { text } = await send(call);
      const uploadId = parseUploadId(text);
      if (uploadId === undefined) throw new StoreError('unavailable', `${operation}: the response has no upload id.`);
      return uploadId;
    },

    async listParts({ key, uploadId, count }) {
      const operation = 'ListParts';
      /** The parts after one number, up to another one. */
      async function list(after: number, last: number): Promise<StoredPart[]> {
        const parts: StoredPart[] = [];
        let marker: number | undefined = after;
        while (marker !== undefined && marker < last) {
          const url: string = `${uploadUrl(key, uploadId)}&max-parts=${PAGE}&part-number-marker=${marker}`;
          const page = parseParts((await send({ method: 'GET', url, timeout, operation })).text);
          // A marker that does not move on would make this an endless loop.
          if (page === undefined || (page.next !== undefined && page.next <= marker))
            throw new StoreError('unavailable', `${operation}: the response is not a list of parts.`);
          parts.push(...page.parts.filter(({ partNumber }) => partNumber <= last));
          marker = page.next;
        }
        return parts;
      }
      // Pages of an upload whose parts are known do not wait for each other.
      const pages = count === undefined ? 1 : Math.max(1, Math.ceil(count / PAGE));
      const lists = Array.from({ length: pages }, (_, page) =>
        list(page * PAGE, page + 1 < pages ? (page + 1) * PAGE : Number.POSITIVE_INFINITY),
      );
      return (await Promise.all(lists)).flat();
    },

    async completeMultipartUpload({ key, uploadId, parts, checksum: expected }) {
      const operation = 'CompleteMultipartUpload';
      const body = completeBody(parts);
      const headers = {
        ...(profile.conditionalWrites.complete && NOT_THERE),
        ...(verified && expected && { 'x-amz-checksum-crc64nvme': expected, ...WHOLE_OBJECT }),
      };
      const call = { method: 'POST', url: uploadUrl(key, uploadId), headers, body, timeout: slowTimeout } as const;
      // Not ended with the call that asked for it: some stores begin it anew, and each attempt would end in the middle.
      await send({ ...call, operation, signal: undefined });
    },

    async abortMultipartUpload({ key, uploadId }) {
      const operation = 'AbortMultipartUpload';
      await send({ method: 'DELETE', url: uploadUrl(key, uploadId), timeout: slowTimeout, operation });
    },

    async *listMultipartUploads(prefix) {
      const url = `${address('')}?uploads=&max-uploads=1000&`;
      const from = `prefix=${encodeURIComponent(prefix)}`;
      const after = ({ next }: UploadsPage) =>
        next &&
        `${from}&key-marker=${encodeURIComponent(next.key)}&upload-id-marker=${encodeURIComponent(next.uploadId)}`;
      const what = { operation: 'ListMultipartUploads', parse: parseUploads };
      const pages = listPages({ send, url, timeout, ...what, from, after });
      for await (const { uploads } of pages) yield* uploads;
    },

    async headObject(key) {
      const headers = verified ? { 'x-amz-checksum-mode': 'ENABLED' } : {};
      const call = { method: 'HEAD', url: address(key), headers, timeout, operation: 'HeadObject' } as const;
      const answer = await send(call).catch((error: unknown) => {
        if (error instanceof StoreError && error.reason === 'no-such-upload') return undefined;
        throw error;
      });
      if (answer === undefined) return undefined;
      const size = answer.headers.get('content-length');
      if (size === null) throw new StoreError('unavailable', 'HeadObject: the response has no content-length.');
      const { headers: found } = answer;
      const ofWhole = crc64OfWhole(found.get('x-amz-checksum-crc64nvme'), found.get('x-amz-checksum-type'));
      return {
        size: Number(size),
        etag: found.get('etag') ?? '""',
        hidesMd5: hidesMd5(found),
        checksum: ofWhole,
        versionId: found.get('x-amz-version-id') ?? undefined,
        headers: keptOf(found),
      };
    },

    async read({ key, seen, start, end }) {
      const headers = { range: `bytes=${start}-${end - 1}`, ...same('if-match', seen) };
      const url = address(key) + versionOf(seen);
      const call = { method: 'GET', url, headers, timeout, operation: 'GetObject' } as const;
      const answer = await send({ ...call, most: end - start });
      const etag = answer.headers.get('etag');
      if (etag !== null && etag !== seen.etag) throw new StoreError('taken', 'GetObject: another object is there now.');
      if (start > 0 && answer.status !== 206) throw new StoreError('refused', 'GetObject: the store knows no ranges.');
      return answer.bytes;
    },

    async copyObject({ key, seen, to, locks = false }) {
      const place = to.bucket === undefined ? address : createAddress({ endpoint, bucket: to.bucket, forcePathStyle });
      const from = sourceOf({ key, seen });
      const kept = locks ? own.ofObject() : own.ofUpload();
      await copyObject({ send, from, kept, seen, to: place(to.key), timeout: slowTimeout });
    },

    async copyPart({ key, seen, start, end, to }) {
      const operation = 'UploadPartCopy';
      const headers = { ...sourceOf({ key, seen }), 'x-amz-copy-source-range': `bytes=${start}-${end - 1}` };
      const url = `${uploadUrl(to.key, to.uploadId)}&partNumber=1`;
      const copied = send({ method: 'PUT', url, headers, timeout, operation });
      copied.catch((error: unknown) => {
        if (error instanceof StoreError && isRefusal(error)) copies.refusedAt = clock();
      });
      const etag = parseCopied((await copied).text);
      if (etag === undefined) throw new StoreError('unavailable', `${operation}: the response has no ETag.`);
      return etag;
    },

    async deleteObject({ key, seen }) {
      const version = versionOf(seen);
      // A version is never another one. One that is called `null` may be.
      const headers = version === '' && profile.conditionalWrites.delete ? same('if-match', seen) : {};
      const call = {
        method: 'DELETE',
        url: address(key) + version,
        headers,
        timeout,
        operation: 'DeleteObject',
      } as const;
      await send(call).catch((error: unknown) => {
        if (!(error instanceof StoreError && error.reason === 'no-such-upload')) throw error;
      });
    },

    async putObject({ key, body, sha256, headers }) {
      const sum = own.locks && { 'x-amz-checksum-sha256': base64OfHex(sha256) };
      const all = { ...headers, ...own.ofObject(), ...sum };
      const call = { method: 'PUT', url: address(key), headers: all, body, sha256, timeout: slowTimeout } as const;
      await send({ ...call, operation: 'PutObject' });
    },

    async *listObjects(prefix) {
      const url = `${address('')}?list-type=2&max-keys=1000&`;
      const from = `prefix=${encodeURIComponent(prefix)}`;
      const after = ({ next }: ObjectsPage) => next && `${from}&continuation-token=${encodeURIComponent(next)}`;
      const what = { operation: 'ListObjectsV2', parse: parseObjects };
      const pages = listPages({ send, url, timeout, ...what, from, after });
      for await (const { objects } of pages) yield* objects;
    },

    async signGet({ key, lifetime, disposition }) {
      const { signer, endsAt } = await signers();
      const half = Math.max(1, Math.floor(lifetime / 2)) * 1000;
      const now = Math.floor(storeClock.now() / half) * half;
      const expiresIn = Math.max(1, Math.min(half / 500, Math.floor((endsAt - now) / 1000)));
      const headers = own.everywhere();
      const query = disposition === undefined ? '' : `?response-content-disposition=${encodeURIComponent(disposition)}`;
      return signer.presign({ method: 'GET', url: addresses[0](key) + query, headers, expiresIn, at: now }).url;
    },

    location: addresses[0],
    clockSkew: storeClock.skew,
    within: (ends) => create(options, shared, ends),

    async check() {
      // Whether there is such an object says nothing; that the store answers, knows who asks and has the bucket does.
      const call = {
        method: 'GET',
        url: address('portage-ready'),
        timeout: CHECK_TIMEOUT,
        operation: 'GetObject',
      } as const;
      await send({ ...call, most: 1024 }).catch((error: unknown) => {
        const known = error instanceof StoreError && /(?:NoSuchKey|AccessDenied)/.test(error.message);
        if (!known) throw error;
      });
    },
  };
}

/** How long a check of readiness waits for the store, in milliseconds. */
const CHECK_TIMEOUT = 3_000;

/** One for each name that browsers are given. */
export function addressesOf(options: S3Options): [Address, ...Address[]] {
  const { profile, endpoint, forcePathStyle } = resolveStore(options);
  const { bucket } = options;
  const place: Omit<AddressOptions, 'endpoint'> = { bucket, forcePathStyle };
  const isFree = options.forcePathStyle === undefined && endpoint.startsWith('https:') && !bucket.includes('.');
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
  const hasBoth = isFree && profile.bothStyles !== undefined && host.endsWith(profile.bothStyles);
  const [first, ...others] = listOf(options.publicEndpoint ?? (hasBoth ? both(endpoint) : endpoint));
  const of = (name: PublicEndpoint) =>
    createAddress({ ...place, ...(typeof name === 'string' ? { endpoint: name } : name) });
  return [of(first), ...others.map(of)];
}

const both = (endpoint: string) =>
  [
    { endpoint, forcePathStyle: true },
    { endpoint, forcePathStyle: false },
  ] as const;

const listOf = <T>(value: T | readonly [T, ...T[]]): readonly [T, ...T[]] =>
  Array.isArray(value) ? (value as unknown as readonly [T, ...T[]]) : [value as T];

/**
 * The same request by each name of the store as one that has alternatives. Names take turns to be its `url`: a client that
 * looks at nothing else sends neighbours, which go at the same time, to different names.
 */
function byAllNames(requests: readonly SignedRequest[], turn: number): SignedRequest {
  const from = turn % requests.length;
  const [first, ...others] = [...requests.slice(from), ...requests.slice(0, from)];
  if (first === undefined) throw new TypeError('The store has no name.');
  return others.length === 0 ? first : { ...first, alternatives: others.map(({ url }) => url) };
}

const base64OfHex = (hex: string) =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))));

/** Most parts in one page of a list. */
const PAGE = 1000;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
const NOT_THERE: ObjectHeaders = { 'if-none-match': '*' };

const WHOLE_OBJECT: ObjectHeaders = { 'x-amz-checksum-type': 'FULL_OBJECT' };

/** That it is still the object that was looked at; nothing where the store gave it no ETag. */
const same = (header: string, { etag }: StoredObject): ObjectHeaders => (etag === '""' ? {} : { [header]: etag });

/** The query that names the version which was looked at. */
const versionOf = ({ versionId = 'null' }: StoredObject) =>
  versionId === 'null' ? '' : `?versionId=${encodeURIComponent(versionId)}`;

const KEPT = /^(?:content-(?:type|disposition)|x-amz-meta-.*)$/;

const keptOf = (headers: Headers): ObjectHeaders =>
  Object.fromEntries([...headers].filter(([name]) => KEPT.test(name)));

/** It will be no other the next time: rights are missing, or the store has no such copies. */
const isRefusal = ({ reason, message }: StoreError) => reason === 'refused' || /answered 501\b/.test(message);
