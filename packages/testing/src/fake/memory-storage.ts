/** An object store that is a few maps: what an upload server needs, and nothing that leaves the page. */
import { type ObjectHeaders, type Storage, type StoredObject, StoreError } from '@portage/server';

/** An address that nobody has: `.test` is kept free for tests. */
const ADDRESS = 'https://fake-store.test/';

interface Part {
  readonly etag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Pending {
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly parts: Map<number, Part>;
}

interface Kept extends StoredObject {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface MemoryStorage extends Storage {
  /** Takes a part. Returns its ETag; undefined where there is no such upload. */
  put(url: string, bytes: Uint8Array<ArrayBuffer>): string | undefined;
  /** Whether requests to this address are for this store. */
  has(url: string): boolean;
  /** The key that a request is for. */
  keyOf(url: string): string;
  bytesOf(key: string): Uint8Array<ArrayBuffer>;
  clear(): void;
}

export function memoryStorage(): MemoryStorage {
  const pending = new Map<string, Pending>();
  const objects = new Map<string, Kept>();
  let made = 0;

  const uploadOf = (uploadId: string): Pending => {
    const upload = pending.get(uploadId);
    if (!upload) throw new StoreError('no-such-upload', 'There is no such upload.');
    return upload;
  };
  const seen = (key: string, { etag }: StoredObject): Kept => {
    const object = objects.get(key);
    if (object?.etag !== etag) throw new StoreError('taken', 'Another object is there now.');
    return object;
  };

  return {
    place: ADDRESS,
    refusesOverwrite: true,
    has: (url) => url.startsWith(ADDRESS),
    put(url, bytes) {
      const { searchParams } = new URL(url);
      const upload = pending.get(searchParams.get('uploadId') ?? '');
      const etag = `"${++made}"`;
      upload?.parts.set(Number(searchParams.get('partNumber')), { etag, bytes });
      return upload && etag;
    },
    keyOf: (url) => decodeURI(new URL(url).pathname.slice(1)),
    bytesOf: (key) => objects.get(key)?.bytes ?? new Uint8Array(),
    clear() {
      pending.clear();
      objects.clear();
    },

    async signParts({ key, uploadId, parts, lifetime }) {
      return parts.map(({ partNumber }) => {
        const query = new URLSearchParams({ partNumber: String(partNumber), uploadId });
        const url = `${ADDRESS}${encodeURI(key)}?${query}`;
        return { partNumber, request: { method: 'PUT', url, headers: {}, expiresIn: lifetime * 1000 } };
      });
    },
    async createMultipartUpload({ key, headers }) {
      const uploadId = `upload-${++made}`;
      pending.set(uploadId, { key, headers, parts: new Map() });
      return uploadId;
    },
    async listParts({ uploadId }) {
      const parts = [...uploadOf(uploadId).parts].sort(([a], [b]) => a - b);
      return parts.map(([partNumber, { etag, bytes }]) => ({ partNumber, etag, size: bytes.length }));
    },
    async completeMultipartUpload({ key, uploadId, parts }) {
      const upload = uploadOf(uploadId);
      if (objects.has(key)) throw new StoreError('taken', 'There is another object.');
      const held = parts.map(({ partNumber, etag }) => {
        const part = upload.parts.get(partNumber);
        if (part?.etag !== etag) throw new StoreError('invalid-parts', `Part ${partNumber} is not there.`);
        return part.bytes;
      });
      const bytes = joined(held);
      objects.set(key, { size: bytes.length, etag: `"${++made}"`, headers: upload.headers, bytes });
      pending.delete(uploadId);
    },
    async abortMultipartUpload({ uploadId }) {
      pending.delete(uploadId);
    },
    async *listMultipartUploads(prefix) {
      for (const [uploadId, { key }] of pending) if (key.startsWith(prefix)) yield { key, uploadId, startedAt: 0 };
    },
    headObject: async (key) => objects.get(key),
    read: async ({ key, seen: object, start, end }) => seen(key, object).bytes.slice(start, end),
    async copyObject({ key, seen: object, to }) {
      objects.set(to.key, seen(key, object));
    },
    async deleteObject({ key, seen: object }) {
      if (objects.has(key)) seen(key, object);
      objects.delete(key);
    },
    location: (key) => ADDRESS + encodeURI(key),
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
