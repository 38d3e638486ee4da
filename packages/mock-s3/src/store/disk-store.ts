import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Error } from '../errors/s3-error.ts';
import { type Bucket, createBucketFolder, openBucket } from './bucket.ts';
import { isBucketName } from './bucket-name.ts';
import { compareKeys } from './compare-keys.ts';
import { KeyedLock } from './keyed-lock.ts';
import { type Durability, syncFolder } from './record-files.ts';

/** What the folder of a bucket begins with until all of it is there. No bucket may be called so. */
const UNFINISHED = '.new-';

/** All buckets, in one folder. */
export class DiskStore {
  readonly #folder: string;
  readonly #durability: Durability;
  readonly #buckets = new Map<string, Bucket>();
  readonly #lock = new KeyedLock();

  private constructor(folder: string, durability: Durability) {
    this.#folder = folder;
    this.#durability = durability;
  }

  /** Opens the store in `dataDir`, which is made if it does not exist. */
  static async open(dataDir: string, durability: Durability): Promise<DiskStore> {
    const folder = join(dataDir, 'buckets');
    await mkdir(folder, { recursive: true });
    const store = new DiskStore(folder, durability);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      // A crash came in the middle of making a bucket.
      if (entry.name.startsWith(UNFINISHED)) await rm(path, { recursive: true });
      if (!entry.isDirectory() || !isBucketName(entry.name) || !existsSync(join(path, 'bucket.json'))) continue;
      store.#buckets.set(entry.name, await openBucket(entry.name, path, durability));
    }
    return store;
  }

  /** In the order of their names. */
  buckets(): readonly Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => compareKeys(a.name, b.name));
  }

  /** Throws NoSuchBucket. */
  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket) return bucket;
    throw new S3Error(isBucketName(name) ? 'NoSuchBucket' : 'InvalidBucketName', { details: { BucketName: name } });
  }

  /** `undefined` if there is none. */
  findBucket(name: string | undefined): Bucket | undefined {
    return name === undefined ? undefined : this.#buckets.get(name);
  }

  hasBucket(name: string): boolean {
    return this.#buckets.has(name);
  }

  async createBucket(name: string, now: number): Promise<void> {
    if (!isBucketName(name)) throw new S3Error('InvalidBucketName', { details: { BucketName: name } });
    await this.#lock.run(name, async () => {
      if (this.#buckets.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', { details: { BucketName: name } });
      const path = join(this.#folder, name);
      const unfinished = join(this.#folder, UNFINISHED + name);
      await createBucketFolder(unfinished, now, this.#durability);
      await rename(unfinished, path);
      if (this.#durability.fsync) await syncFolder(this.#folder);
      this.#buckets.set(name, await openBucket(name, path, this.#durability));
    });
  }

  /** Deletes a bucket without objects, along with its unfinished uploads. */
  async deleteBucket(name: string): Promise<void> {
    await this.#lock.run(name, async () => {
      if (this.bucket(name).objects.size > 0) throw new S3Error('BucketNotEmpty', { details: { BucketName: name } });
      this.#buckets.delete(name);
      await rm(join(this.#folder, name), { recursive: true, force: true });
    });
  }
}
