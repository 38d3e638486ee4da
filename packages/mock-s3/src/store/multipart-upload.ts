import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobFolder } from './blob-folder.ts';
import { type Durability, readRecord, readRecords, writeRecord } from './record-files.ts';
import { PartRecord, UploadRecord } from './records.ts';

/** One multipart upload on disk: `upload.json`, and a record for each part in `parts`. */
export class MultipartUpload {
  readonly record: UploadRecord;
  readonly #folder: string;
  readonly #durability: Durability;
  readonly #parts: Map<number, PartRecord>;

  constructor(folder: string, durability: Durability, record: UploadRecord, parts: readonly PartRecord[]) {
    this.record = record;
    this.#folder = folder;
    this.#durability = durability;
    this.#parts = new Map(parts.map((part) => [part.partNumber, part]));
  }

  /** Makes the folder of a new upload. */
  static async create(folder: string, durability: Durability, record: UploadRecord): Promise<MultipartUpload> {
    await mkdir(join(folder, 'parts'), { recursive: true });
    await writeRecord(join(folder, 'upload.json'), record, durability);
    return new MultipartUpload(folder, durability, record, []);
  }

  /** `undefined` when a crash left the folder before the upload was acknowledged. */
  static async open(folder: string, durability: Durability, blobs: BlobFolder): Promise<MultipartUpload | undefined> {
    const path = join(folder, 'upload.json');
    if (!existsSync(path)) return undefined;
    const record = await readRecord(path, UploadRecord);
    const parts = await readRecords(join(folder, 'parts'), PartRecord);
    // A part whose bytes are gone, as after a loss of power without fsync, has to be sent again.
    const held = parts.filter(({ blob }) => blobs.has(blob));
    return new MultipartUpload(folder, durability, record, held);
  }

  part(partNumber: number): PartRecord | undefined {
    return this.#parts.get(partNumber);
  }

  /** In the order of their numbers. */
  parts(): readonly PartRecord[] {
    return [...this.#parts.values()].sort((a, b) => a.partNumber - b.partNumber);
  }

  /** Makes a part count. @returns The part of the same number that it replaces. */
  async put(part: PartRecord): Promise<PartRecord | undefined> {
    await writeRecord(join(this.#folder, 'parts', `${part.partNumber}.json`), part, this.#durability);
    const earlier = this.#parts.get(part.partNumber);
    this.#parts.set(part.partNumber, part);
    return earlier;
  }
}
