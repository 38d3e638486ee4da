import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobFolder } from './blob-folder.ts';
import { compareKeys } from './compare-keys.ts';
import { KeyedLock } from './keyed-lock.ts';
import { MultipartUpload } from './multipart-upload.ts';
import { type Durability, syncFolder } from './record-files.ts';
import type { UploadRecord } from './records.ts';

/** The multipart uploads of a bucket that are neither completed nor aborted: a folder each. */
export class UploadIndex {
  readonly #folder: string;
  readonly #blobs: BlobFolder;
  readonly #durability: Durability;
  readonly #uploads = new Map<string, MultipartUpload>();
  readonly #lock = new KeyedLock();

  private constructor(folder: string, blobs: BlobFolder, durability: Durability) {
    this.#folder = folder;
    this.#blobs = blobs;
    this.#durability = durability;
  }

  /**
   * @param folder - Must exist.
   * @param completed - Uploads that an object was made of: a crash may have left their folders.
   */
  static async open(
    folder: string,
    blobs: BlobFolder,
    durability: Durability,
    completed: ReadonlySet<string>,
  ): Promise<UploadIndex> {
    const index = new UploadIndex(folder, blobs, durability);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const path = join(folder, entry.name);
      const upload = completed.has(entry.name) ? undefined : await MultipartUpload.open(path, durability, blobs);
      if (upload === undefined) await rm(path, { recursive: true });
      else index.#uploads.set(upload.record.uploadId, upload);
    }
    return index;
  }

  get(uploadId: string): MultipartUpload | undefined {
    return this.#uploads.get(uploadId);
  }

  /** In the order of keys, and of time for one key. */
  sorted(): readonly MultipartUpload[] {
    return [...this.#uploads.values()].sort(
      ({ record: a }, { record: b }) => compareKeys(a.key, b.key) || compareKeys(a.uploadId, b.uploadId),
    );
  }

  async create(upload: Pick<UploadRecord, 'key' | 'headers' | 'checksum'>, now: number): Promise<UploadRecord> {
    const record = { ...upload, uploadId: newUploadId(now), initiated: now };
    const path = join(this.#folder, record.uploadId);
    this.#uploads.set(record.uploadId, await MultipartUpload.create(path, this.#durability, record));
    if (this.#durability.fsync) await syncFolder(this.#folder);
    return record;
  }

  /**
   * Runs a task that changes an upload, one at a time for each, so that a part can not arrive between the check and the
   * commit of Complete. The task gets `undefined` if the upload is no more.
   */
  change<Result>(uploadId: string, task: (upload: MultipartUpload | undefined) => Promise<Result>): Promise<Result> {
    return this.#lock.run(uploadId, () => task(this.#uploads.get(uploadId)));
  }

  /** Forgets an upload and deletes its parts but for those in `keep`. To be called inside `change`. */
  async remove(upload: MultipartUpload, keep: ReadonlySet<string> = new Set()): Promise<void> {
    this.#uploads.delete(upload.record.uploadId);
    await rm(join(this.#folder, upload.record.uploadId), { recursive: true, force: true });
    await this.#blobs.remove(upload.parts().flatMap(({ blob }) => (keep.has(blob.id) ? [] : [blob])));
  }
}

/** Upload ids begin with their time, so that their order is that of time, as ListMultipartUploads wants. */
function newUploadId(now: number): string {
  return Math.max(0, now).toString(16).padStart(12, '0') + randomBytes(16).toString('hex');
}
