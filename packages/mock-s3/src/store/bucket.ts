import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobFolder } from './blob-folder.ts';
import { BucketConfigs } from './bucket-configs.ts';
import { CompletedUploads } from './completed-uploads.ts';
import { ObjectIndex } from './object-index.ts';
import { type Durability, readRecord, writeRecord } from './record-files.ts';
import { BucketRecord } from './records.ts';
import { UploadIndex } from './upload-index.ts';

/** One bucket: a folder with its objects, its multipart uploads, and the bytes of both. */
export interface Bucket {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly blobs: BlobFolder;
  readonly configs: BucketConfigs;
  readonly objects: ObjectIndex;
  readonly uploads: UploadIndex;
  readonly completed: CompletedUploads;
}

const FOLDERS = ['blobs', 'configs', 'objects', 'uploads'] as const;

/** Makes the folder of a new bucket, under a name that is not yet its own. */
export async function createBucketFolder(folder: string, created: number, durability: Durability): Promise<void> {
  for (const name of FOLDERS) await mkdir(join(folder, name), { recursive: true });
  await writeRecord(join(folder, 'bucket.json'), { created }, durability);
}

/** Opens a bucket's folder and clears away what a crash may have left. */
export async function openBucket(name: string, folder: string, durability: Durability): Promise<Bucket> {
  // A bucket of an earlier version lacks the newer folders.
  for (const each of FOLDERS) await mkdir(join(folder, each), { recursive: true });
  const { created } = await readRecord(join(folder, 'bucket.json'), BucketRecord);
  const blobs = new BlobFolder(join(folder, 'blobs'), durability);
  const objects = await ObjectIndex.open(join(folder, 'objects'), blobs, durability);
  const completed = new Set(objects.versions().flatMap(({ uploadId }) => uploadId ?? []));
  const uploads = await UploadIndex.open(join(folder, 'uploads'), blobs, durability, completed);
  const named = [
    ...objects.versions().flatMap((object) => object.blobs),
    ...uploads.sorted().flatMap((upload) => upload.parts().map((part) => part.blob)),
  ];
  await blobs.sweep(new Set(named.map(({ id }) => id)));
  const configs = await BucketConfigs.open(join(folder, 'configs'), durability);
  return { name, created, blobs, configs, objects, uploads, completed: new CompletedUploads(objects.versions()) };
}
