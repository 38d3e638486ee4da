import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';

/**
 * How hard a write is pushed towards the disk before it is acknowledged. A process that is killed loses nothing either
 * way, since the kernel holds what was written; only a loss of power does.
 */
export interface Durability {
  /** Flush files and folders, to survive a loss of power. */
  readonly fsync: boolean;
}

const TEMPORARY = '.tmp';

/** Writes a record so that a reader, now or after a crash, finds the old one or the new one, never a half. */
export async function writeRecord(path: string, record: object, { fsync }: Durability): Promise<void> {
  const temporary = `${path}.${randomBytes(8).toString('hex')}${TEMPORARY}`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(JSON.stringify(record));
      if (fsync) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (fsync) await syncFolder(dirname(path));
}

/** Makes names that were added to a folder survive a loss of power. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Reads one record. */
export async function readRecord<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  try {
    return v.parse(schema, JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path} is not a record of the mock S3.`, { cause });
  }
}

/** Reads all records of a folder, and removes what a crash left half-written. */
export async function readRecords<Schema extends v.GenericSchema>(
  folder: string,
  schema: Schema,
): Promise<readonly v.InferOutput<Schema>[]> {
  const records: v.InferOutput<Schema>[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isFile()) continue;
    if (entry.name.endsWith(TEMPORARY)) await rm(path);
    else records.push(await readRecord(path, schema));
  }
  return records;
}
