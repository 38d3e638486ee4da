import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobFolder } from './blob-folder.ts';
import { compareKeys } from './compare-keys.ts';
import { KeyedLock } from './keyed-lock.ts';
import { type Durability, readRecords, writeRecord } from './record-files.ts';
import { ObjectRecord } from './records.ts';

/** The objects of a bucket: a record each on disk, all of them in memory. */
export class ObjectIndex {
  readonly #folder: string;
  readonly #blobs: BlobFolder;
  readonly #durability: Durability;
  readonly #records: Map<string, ObjectRecord>;
  readonly #lock = new KeyedLock();
  #sorted: readonly ObjectRecord[] | undefined;

  private constructor(folder: string, blobs: BlobFolder, durability: Durability, records: readonly ObjectRecord[]) {
    this.#folder = folder;
    this.#blobs = blobs;
    this.#durability = durability;
    this.#records = new Map(records.map((record) => [record.key, record]));
  }

  /** @param folder - Must exist. */
  static async open(folder: string, blobs: BlobFolder, durability: Durability): Promise<ObjectIndex> {
    return new ObjectIndex(folder, blobs, durability, await readRecords(folder, ObjectRecord));
  }

  get size(): number {
    return this.#records.size;
  }

  get(key: string): ObjectRecord | undefined {
    return this.#records.get(key);
  }

  /** All objects in the order of their keys. */
  sorted(): readonly ObjectRecord[] {
    this.#sorted ??= [...this.#records.values()].sort((a, b) => compareKeys(a.key, b.key));
    return this.#sorted;
  }

  /**
   * Makes an object exist, in place of an earlier one of its key.
   * @param check - Throws if the earlier one forbids it; nothing can come between.
   */
  async put(record: ObjectRecord, check?: (earlier: ObjectRecord | undefined) => void): Promise<void> {
    await this.#lock.run(record.key, async () => {
      const earlier = this.#records.get(record.key);
      check?.(earlier);
      await writeRecord(this.#pathOf(record.key), record, this.#durability);
      this.#records.set(record.key, record);
      this.#sorted = undefined;
      if (earlier) await this.#blobs.remove(earlier.blobs);
    });
  }

  /** Deletes an object; deleting nothing is fine, as at S3. */
  async delete(key: string): Promise<void> {
    await this.#lock.run(key, async () => {
      const record = this.#records.get(key);
      if (record === undefined) return;
      await rm(this.#pathOf(key), { force: true });
      this.#records.delete(key);
      this.#sorted = undefined;
      await this.#blobs.remove(record.blobs);
    });
  }

  /** A key is never a file name: it may hold `..`, slashes, NUL, or be 1,024 bytes long. */
  #pathOf(key: string): string {
    return join(this.#folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  }
}
