import type { ObjectRecord } from './records.ts';

/** What a finished upload made; enough to answer a repeated Complete. */
export interface CompletedUpload {
  readonly key: string;
  readonly etag: string;
  readonly checksum?: ObjectRecord['checksum'];
  readonly versionId?: string;
}

/** How many finished uploads are remembered for each bucket. */
const REMEMBERED = 10_000;

/**
 * Uploads that were completed, so that a client whose first response was lost gets the same one again. Those whose object
 * still exists are remembered across restarts, since the object's record names them.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export class CompletedUploads {
  readonly #uploads = new Map<string, CompletedUpload>();
  readonly #broken = new Set<string>();

  constructor(objects: readonly ObjectRecord[]) {
    for (const object of objects) this.add(object);
  }

  /** The object of an upload has no bytes any more: a part came after its end, and is another one. Until a restart. */
  break(uploadId: string): void {
    this.#broken.add(uploadId);
  }

  isBroken({ uploadId = '' }: ObjectRecord): boolean {
    return this.#broken.has(uploadId);
  }

  get(uploadId: string): CompletedUpload | undefined {
    return this.#uploads.get(uploadId);
  }

  /** Remembers the upload that made an object. */
  add({ uploadId, key, etag, checksum, versionId }: ObjectRecord): void {
    if (uploadId === undefined) return;
    this.#uploads.set(uploadId, { key, etag, ...(checksum && { checksum }), ...(versionId && { versionId }) });
    const [oldest] = this.#uploads.keys();
    if (this.#uploads.size > REMEMBERED && oldest !== undefined) this.#uploads.delete(oldest);
  }
}
