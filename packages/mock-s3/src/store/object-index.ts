import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobFolder } from './blob-folder.ts';
import { compareKeys } from './compare-keys.ts';
import { KeyedLock } from './keyed-lock.ts';
import { type Durability, readRecords, writeRecord } from './record-files.ts';
import { ObjectRecord, type StoredHeaders } from './records.ts';

/** Whether a bucket keeps what is replaced or deleted; `Suspended` keeps only what there was before. */
export type Versioning = 'off' | 'Enabled' | 'Suspended';

/** What S3 calls the one version that has no id. */
export const NULL_VERSION = 'null';

/** Throws if what is there forbids a change. */
export type Check = (there: ObjectRecord | undefined) => void;

/** The objects of a bucket: a record for each version on disk, all of them in memory. */
export class ObjectIndex {
  readonly #folder: string;
  readonly #blobs: BlobFolder;
  readonly #durability: Durability;
  /** By key; the newest version first. */
  readonly #versions = new Map<string, readonly ObjectRecord[]>();
  readonly #lock = new KeyedLock();
  #order = 0;
  #sorted: readonly ObjectRecord[] | undefined;

  private constructor(folder: string, blobs: BlobFolder, durability: Durability, records: readonly ObjectRecord[]) {
    this.#folder = folder;
    this.#blobs = blobs;
    this.#durability = durability;
    for (const record of records.toSorted((a, b) => orderOf(b) - orderOf(a))) {
      this.#versions.set(record.key, [...(this.#versions.get(record.key) ?? []), record]);
      this.#order = Math.max(this.#order, orderOf(record));
    }
  }

  /** @param folder - Must exist. */
  static async open(folder: string, blobs: BlobFolder, durability: Durability): Promise<ObjectIndex> {
    return new ObjectIndex(folder, blobs, durability, await readRecords(folder, ObjectRecord));
  }

  /** Keys that have a version of any kind. */
  get size(): number {
    return this.#versions.size;
  }

  /** The object of a key; `undefined` also where it was deleted and a marker says so. */
  get(key: string): ObjectRecord | undefined {
    const latest = this.latest(key);
    return latest?.deleteMarker ? undefined : latest;
  }

  /** The newest version of a key, which may be a delete marker. */
  latest(key: string): ObjectRecord | undefined {
    return this.#versions.get(key)?.[0];
  }

  /** One version of a key. */
  version(key: string, versionId: string): ObjectRecord | undefined {
    return this.#versions.get(key)?.find((record) => (record.versionId ?? NULL_VERSION) === versionId);
  }

  /** All objects in the order of their keys. */
  sorted(): readonly ObjectRecord[] {
    this.#sorted ??= [...this.#versions.keys()].sort(compareKeys).flatMap((key) => this.get(key) ?? []);
    return this.#sorted;
  }

  /** All versions, delete markers too, in the order of their keys; the newest of each key first. */
  versions(): readonly ObjectRecord[] {
    return [...this.#versions].sort(([a], [b]) => compareKeys(a, b)).flatMap(([, records]) => records);
  }

  /**
   * Makes an object exist, in place of an earlier one of its key.
   * @param check - Asked about the object that is there; nothing can come between.
   * @returns What was stored.
   */
  async put(record: ObjectRecord, check?: Check, versioning: Versioning = 'off'): Promise<ObjectRecord> {
    return this.#lock.run(record.key, async () => {
      check?.(this.get(record.key));
      return this.#store(record, versioning);
    });
  }

  /**
   * Deletes an object, or covers it with a delete marker where versions are kept; deleting nothing is fine, as at S3.
   * @param check - Asked about the newest version, delete marker or not.
   * @returns The marker.
   */
  async delete(
    key: string,
    { check, versioning = 'off', now = 0 }: { check?: Check | undefined; versioning?: Versioning; now?: number } = {},
  ): Promise<ObjectRecord | undefined> {
    return this.#lock.run(key, async () => {
      const latest = this.latest(key);
      check?.(latest);
      // A condition on nothing leaves no marker.
      if (check && latest === undefined) return undefined;
      if (versioning === 'off') return this.#remove(key, NULL_VERSION);
      const marker = { key, size: 0, etag: '', lastModified: now, headers: {}, blobs: [], deleteMarker: true };
      return this.#store(marker, versioning);
    });
  }

  /** Deletes one version for good. @returns What it was. */
  async deleteVersion(key: string, versionId: string, check: Check | undefined): Promise<ObjectRecord | undefined> {
    return this.#lock.run(key, async () => {
      const record = this.version(key, versionId);
      check?.(record);
      await this.#remove(key, versionId);
      return record;
    });
  }

  /** Keeps other headers with a version that is there; all else stays as it is. */
  async changeHeaders({ key, versionId = NULL_VERSION }: ObjectRecord, headers: StoredHeaders): Promise<void> {
    await this.#lock.run(key, async () => {
      const record = this.version(key, versionId);
      if (record === undefined) return;
      const changed = { ...record, headers };
      await writeRecord(this.#pathOf(changed), changed, this.#durability);
      this.#set(key, this.#versions.get(key)?.map((other) => (other === record ? changed : other)) ?? []);
    });
  }

  async #store(record: ObjectRecord, versioning: Versioning): Promise<ObjectRecord> {
    const order = ++this.#order;
    const versionId = versioning === 'Enabled' ? newVersionId(order) : undefined;
    const stored = { ...record, order, ...(versionId && { versionId }) };
    const replaced = versionId === undefined ? this.version(record.key, NULL_VERSION) : undefined;
    await writeRecord(this.#pathOf(stored), stored, this.#durability);
    const others = this.#versions.get(record.key) ?? [];
    this.#set(record.key, [stored, ...others.filter((other) => other !== replaced)]);
    if (replaced) await this.#blobs.remove(replaced.blobs);
    return stored;
  }

  async #remove(key: string, versionId: string): Promise<undefined> {
    const record = this.version(key, versionId);
    if (record === undefined) return;
    await rm(this.#pathOf(record), { force: true });
    this.#set(key, this.#versions.get(key)?.filter((other) => other !== record) ?? []);
    await this.#blobs.remove(record.blobs);
  }

  #set(key: string, records: readonly ObjectRecord[]): void {
    if (records.length > 0) this.#versions.set(key, records);
    else this.#versions.delete(key);
    this.#sorted = undefined;
  }

  /** A key is never a file name: it may hold `..`, slashes, NUL, or be 1,024 bytes long. */
  #pathOf({ key, versionId }: Pick<ObjectRecord, 'key' | 'versionId'>): string {
    const name = createHash('sha256').update(key).digest('hex');
    return join(this.#folder, versionId === undefined ? `${name}.json` : `${name}-${versionId}.json`);
  }
}

function orderOf({ order = 0 }: ObjectRecord): number {
  return order;
}

function newVersionId(order: number): string {
  return order.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
}
