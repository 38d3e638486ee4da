import type { RequestInfo } from '../journal/request-info.ts';

/** How many names are remembered; beyond, counting begins anew. */
const REMEMBERED = 50_000;

/** Numbers keys and uploads in the order in which they were first heard of, so that random names do not matter. */
export class Ordinals {
  readonly #keys = new Map<string, number>();
  readonly #uploads = new Map<string, number>();
  readonly #uploadsOfKey = new Map<string, number>();

  /** What a request is, in words that are the same in every run. */
  identify({ operation, key, uploadId, partNumber, attempt }: RequestInfo): readonly (string | number)[] {
    if (this.#keys.size > REMEMBERED || this.#uploads.size > REMEMBERED) this.#clear();
    return [operation, this.#ordinalOfKey(key), this.#ordinalOfUpload(key, uploadId), partNumber ?? 0, attempt];
  }

  #ordinalOfKey(key: string | undefined): number {
    if (key === undefined) return 0;
    const ordinal = this.#keys.get(key) ?? this.#keys.size + 1;
    this.#keys.set(key, ordinal);
    return ordinal;
  }

  /** Uploads count for each key: the second one of a key must not meet the very faults that ended the first. */
  #ordinalOfUpload(key = '', uploadId: string | undefined): number {
    if (uploadId === undefined) return 0;
    const known = this.#uploads.get(uploadId);
    if (known !== undefined) return known;
    const ordinal = (this.#uploadsOfKey.get(key) ?? 0) + 1;
    this.#uploadsOfKey.set(key, ordinal);
    this.#uploads.set(uploadId, ordinal);
    return ordinal;
  }

  #clear(): void {
    this.#keys.clear();
    this.#uploads.clear();
    this.#uploadsOfKey.clear();
  }
}
