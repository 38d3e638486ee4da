import { join } from 'node:path';
import * as v from 'valibot';
import { type Durability, readRecords, writeRecord } from './record-files.ts';

/** Configurations that a bucket may be given, by the name of their sub-resource. */
export type BucketConfigName = 'acl' | 'cors' | 'lifecycle' | 'object-lock' | 'publicAccessBlock' | 'versioning';

/** A configuration as the client sent it, once found good; without `document` it was deleted. */
const ConfigRecord = v.object({
  name: v.picklist(['acl', 'cors', 'lifecycle', 'object-lock', 'publicAccessBlock', 'versioning']),
  document: v.optional(v.string()),
});

/** What is known of one configuration of a bucket. */
export type BucketConfig =
  | { readonly kind: 'never-set' }
  | { readonly kind: 'set'; readonly document: string }
  | { readonly kind: 'deleted' };

/** The configurations of a bucket: a record each on disk, all of them in memory. */
export class BucketConfigs {
  readonly #folder: string;
  readonly #durability: Durability;
  readonly #configs = new Map<BucketConfigName, BucketConfig>();

  private constructor(folder: string, durability: Durability) {
    this.#folder = folder;
    this.#durability = durability;
  }

  /** @param folder - Must exist. */
  static async open(folder: string, durability: Durability): Promise<BucketConfigs> {
    const configs = new BucketConfigs(folder, durability);
    for (const { name, document } of await readRecords(folder, ConfigRecord)) {
      configs.#configs.set(name, document === undefined ? { kind: 'deleted' } : { kind: 'set', document });
    }
    return configs;
  }

  get(name: BucketConfigName): BucketConfig {
    return this.#configs.get(name) ?? { kind: 'never-set' };
  }

  async set(name: BucketConfigName, document: string): Promise<void> {
    await writeRecord(this.#pathOf(name), { name, document }, this.#durability);
    this.#configs.set(name, { kind: 'set', document });
  }

  /** Remembered as deleted, so that a default does not come back. */
  async delete(name: BucketConfigName): Promise<void> {
    await writeRecord(this.#pathOf(name), { name }, this.#durability);
    this.#configs.set(name, { kind: 'deleted' });
  }

  #pathOf(name: BucketConfigName): string {
    return join(this.#folder, `${name}.json`);
  }
}
