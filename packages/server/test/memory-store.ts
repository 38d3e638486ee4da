import { createHash } from 'node:crypto';

/** What of an object-store differs from store to store. */
export interface MemoryStoreOptions {
  /** Complete honours `If-None-Match`, DeleteObject `If-Match`. */
  readonly conditions: boolean;
  /** Keeps what is deleted, under a marker. */
  readonly versions: boolean;
  /** A second Complete is answered as the first one was; else with NoSuchUpload. */
  readonly repeatsAnswers: boolean;
  /** Takes parts of an upload that is complete, and puts them into its object. */
  readonly lateParts: boolean;
}

export interface MemoryObject {
  readonly versionId: string;
  readonly uploadId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: string;
  readonly etag: string;
  /** A late part took the place of one of its own: as in OpenStack Swift, nobody can read it any more. */
  broken: boolean;
}

interface Pending {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, string>;
}

/**
 * An S3 store in memory, as a `fetch`: it does as little as it can, so that many runs take little time. What it does is
 * compared with a real one by the same property.
 */
export class MemoryStore {
  readonly #options: MemoryStoreOptions;
  /** By key, the newest first; undefined is a marker of a deletion. */
  readonly #versions = new Map<string, (MemoryObject | undefined)[]>();
  readonly #pending = new Map<string, Pending>();
  readonly #completed = new Set<string>();
  #count = 0;

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
  }

  latest(key: string): MemoryObject | undefined {
    return this.#versions.get(key)?.[0];
  }

  keys(): string[] {
    return [...this.#versions.keys()];
  }

  /** All versions of a key, without markers. */
  all(key: string): MemoryObject[] {
    return (this.#versions.get(key) ?? []).filter((version) => version !== undefined);
  }

  /** As the app does it, which may do anything. */
  remove(key: string): void {
    this.#versions.delete(key);
  }

  /** At one moment. */
  handle(method: string, address: string, headers: Headers, body: string): Response {
    const { pathname, searchParams } = new URL(address);
    const key = decodeURIComponent(pathname).replace(/^\/[^/]*\//, '');
    const uploadId = searchParams.get('uploadId');
    if (method === 'POST' && searchParams.has('uploads')) return this.#begin(key, headers);
    if (uploadId !== null && method === 'PUT')
      return this.#takePart(key, uploadId, Number(searchParams.get('partNumber')), body);
    if (uploadId !== null && method === 'POST') return this.#complete(key, uploadId, headers, body);
    if (uploadId !== null && method === 'GET') return this.#listParts(uploadId);
    if (uploadId !== null && method === 'DELETE')
      return this.#pending.delete(uploadId) ? new Response(null, { status: 204 }) : refused('NoSuchUpload');
    if (method === 'PUT') return this.#copy(key, headers);
    if (method === 'DELETE') return this.#delete(key, searchParams.get('versionId'), headers);
    return this.#read(method, key, searchParams.get('versionId'), headers);
  }

  #begin(key: string, headers: Headers): Response {
    const kept = [...headers].filter(([name]) => /^(?:content-type|content-disposition|x-amz-meta-.*)$/.test(name));
    const id = this.#next();
    this.#pending.set(id, { key, headers: Object.fromEntries(kept), parts: new Map() });
    return new Response(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }

  #takePart(key: string, uploadId: string, partNumber: number, bytes: string): Response {
    const headers = { etag: etagOf(bytes) };
    const pending = this.#pending.get(uploadId);
    pending?.parts.set(partNumber, bytes);
    if (pending) return new Response(null, { headers });
    const object = this.latest(key);
    if (!this.#options.lateParts || object?.uploadId !== uploadId) return refused('NoSuchUpload');
    object.broken ||= object.bytes !== bytes;
    return new Response(null, { headers });
  }

  #complete(key: string, uploadId: string, headers: Headers, body: string): Response {
    const pending = this.#pending.get(uploadId);
    const done = () => new Response('<CompleteMultipartUploadResult/>');
    if (pending === undefined)
      return this.#options.repeatsAnswers && this.#completed.has(uploadId) ? done() : refused('NoSuchUpload');
    if (this.#options.conditions && headers.has('if-none-match') && this.latest(key))
      return refused('PreconditionFailed');
    const named = [...body.matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>(.*?)<\/ETag>/g)];
    const parts = named.map(([, number, etag = '']) => {
      const bytes = pending.parts.get(Number(number));
      return bytes !== undefined && etagOf(bytes) === etag.replaceAll('&quot;', '"') ? bytes : undefined;
    });
    if (parts.length === 0 || parts.includes(undefined)) return refused('InvalidPart');
    this.#pending.delete(uploadId);
    this.#completed.add(uploadId);
    const bytes = parts.join('');
    this.#put(key, {
      uploadId,
      headers: pending.headers,
      bytes,
      etag: etagOf(bytes, `-${parts.length}`),
      broken: false,
    });
    return done();
  }

  #put(key: string, object: Omit<MemoryObject, 'versionId'>): void {
    const earlier = this.#options.versions ? (this.#versions.get(key) ?? []) : [];
    this.#versions.set(key, [{ ...object, versionId: this.#next() }, ...earlier]);
  }

  #listParts(uploadId: string): Response {
    const pending = this.#pending.get(uploadId);
    if (pending === undefined) return refused('NoSuchUpload');
    const parts = [...pending.parts].map(
      ([number, bytes]) =>
        `<Part><PartNumber>${number}</PartNumber><ETag>${etagOf(bytes).replaceAll('"', '&quot;')}</ETag><Size>${bytes.length}</Size></Part>`,
    );
    return new Response(`<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`);
  }

  #find(key: string, versionId: string | null): MemoryObject | undefined {
    return versionId === null ? this.latest(key) : this.all(key).find((version) => version.versionId === versionId);
  }

  #read(method: string, key: string, versionId: string | null, asked: Headers): Response {
    const object = this.#find(key, versionId);
    if (object === undefined) return refused('NoSuchKey');
    const condition = asked.get('if-match');
    if (condition !== null && condition !== object.etag) return refused('PreconditionFailed');
    if (object.broken && method === 'GET') return refused('Conflict');
    const headers = {
      ...object.headers,
      etag: object.etag,
      'content-length': String(object.bytes.length),
      ...(this.#options.versions && { 'x-amz-version-id': object.versionId }),
      ...(asked.has('x-amz-checksum-mode') && { 'x-amz-checksum-crc64nvme': checksumOf(object.bytes) }),
    };
    return new Response(method === 'HEAD' ? null : object.bytes, { headers });
  }

  #copy(key: string, headers: Headers): Response {
    const [path = '', versionId] = (headers.get('x-amz-copy-source') ?? '').split('?versionId=');
    const source = this.#find(decodeURIComponent(path).replace(/^\/[^/]*\//, ''), versionId ?? null);
    if (source === undefined) return refused('NoSuchKey');
    if (source.broken) return refused('Conflict');
    if (headers.get('x-amz-copy-source-if-match') !== source.etag) return refused('PreconditionFailed');
    this.#put(key, { ...source, uploadId: '', etag: etagOf(source.bytes) });
    return new Response('<CopyObjectResult/>');
  }

  #delete(key: string, versionId: string | null, headers: Headers): Response {
    const there = this.#find(key, versionId);
    const condition = headers.get('if-match');
    if (this.#options.conditions && condition !== null && there && condition !== there.etag)
      return refused('PreconditionFailed');
    const versions = this.#versions.get(key) ?? [];
    if (versionId !== null)
      this.#versions.set(
        key,
        versions.filter((version) => version !== there),
      );
    else if (this.#options.versions) this.#versions.set(key, [undefined, ...versions]);
    else this.#versions.delete(key);
    return new Response(null, { status: 204 });
  }

  #next(): string {
    this.#count += 1;
    return `n${this.#count}`;
  }
}

/** Of the form that makes an ETag an MD5 of parts, though it is the MD5 of the whole. */
const etagOf = (bytes: string, parts = '') => `"${createHash('md5').update(bytes).digest('hex')}${parts}"`;

/** Of the length that a CRC-64/NVME has. */
export const checksumOf = (bytes: string) => `${Buffer.from(bytes.padEnd(8, ' ')).toString('base64').slice(0, 11)}=`;

const STATUSES: Record<string, number> = { PreconditionFailed: 412, InvalidPart: 400, Conflict: 409 };

const refused = (code: string) =>
  new Response(`<Error><Code>${code}</Code></Error>`, { status: STATUSES[code] ?? 404 });
