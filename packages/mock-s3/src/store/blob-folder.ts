import { randomBytes } from 'node:crypto';
import { constants, createReadStream, createWriteStream, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Durability, syncFolder } from './record-files.ts';
import type { Blob } from './records.ts';

/** Bytes that are gathered for one write to disk; also what one upload holds in memory at most, about twice. */
const WRITE_SIZE = 1024 * 1024;

const READ_SIZE = 64 * 1024;

/** The name of a blob's file. What else lies there is not ours to delete. */
const BLOB = /^[0-9a-f]{32}$/;

/**
 * The bytes of objects and parts. A blob is written once and never changed; a record that names it makes it count, and
 * blobs that no record names are swept when the store is opened.
 */
export class BlobFolder {
  readonly #path: string;
  readonly #durability: Durability;
  /** Reads under way, by blob. */
  readonly #readers = new Map<string, number>();
  /** Removed while being read: to be deleted after the last reader. */
  readonly #doomed = new Set<string>();

  constructor(path: string, durability: Durability) {
    this.#path = path;
    this.#durability = durability;
  }

  /** Writes all bytes of `source`; leaves nothing behind if it fails. */
  async write(source: AsyncIterable<Buffer>): Promise<Blob> {
    const id = randomBytes(16).toString('hex');
    const path = this.#pathOf(id);
    // 'wx' also refuses to follow a symbolic link.
    const file = createWriteStream(path, { flags: 'wx', highWaterMark: WRITE_SIZE, flush: this.#durability.fsync });
    try {
      await pipeline(source, file);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    if (this.#durability.fsync) await syncFolder(this.#path);
    return { id, size: file.bytesWritten };
  }

  /** Reads `length` bytes from `start` of the blobs laid end to end. */
  async *read(blobs: readonly Blob[], start: number, length: number): AsyncGenerator<Buffer> {
    this.#hold(blobs);
    try {
      const end = start + length;
      let offset = 0;
      for (const { id, size } of blobs) {
        const from = Math.max(start - offset, 0);
        const to = Math.min(end - offset, size);
        offset += size;
        if (from < to) yield* this.#readFile(id, from, to);
      }
    } finally {
      await this.#release(blobs);
    }
  }

  /** Deletes blobs, once nobody reads them any more. */
  async remove(blobs: readonly Blob[]): Promise<void> {
    for (const { id } of blobs) {
      if (this.#readers.has(id)) this.#doomed.add(id);
      else await rm(this.#pathOf(id), { force: true });
    }
  }

  /** Whether the bytes of a blob are all there. */
  has({ id, size }: Blob): boolean {
    return statSync(this.#pathOf(id), { throwIfNoEntry: false })?.size === size;
  }

  /** Deletes every blob that is not in `named`. */
  async sweep(named: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.#path)) {
      if (BLOB.test(name) && !named.has(name)) await rm(this.#pathOf(name), { force: true });
    }
  }

  async *#readFile(id: string, from: number, to: number): AsyncGenerator<Buffer> {
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
    // The types know flags as text only; Node takes the number too, and only the number has O_NOFOLLOW.
    const options = { flags: flags as unknown as string, start: from, end: to - 1, highWaterMark: READ_SIZE };
    yield* createReadStream(this.#pathOf(id), options) as AsyncIterable<Buffer>;
  }

  #hold(blobs: readonly Blob[]): void {
    for (const { id } of blobs) this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
  }

  async #release(blobs: readonly Blob[]): Promise<void> {
    for (const { id } of blobs) {
      const left = (this.#readers.get(id) ?? 0) - 1;
      if (left > 0) this.#readers.set(id, left);
      else {
        this.#readers.delete(id);
        if (this.#doomed.delete(id)) await rm(this.#pathOf(id), { force: true });
      }
    }
  }

  #pathOf(id: string): string {
    return join(this.#path, id);
  }
}
