import { createHash } from 'node:crypto';
import type { ChecksumAlgorithm } from '../../checksum/algorithm.ts';
import { createHasher } from '../../checksum/hasher.ts';
import type { Checksum } from '../../checksum/object-checksum.ts';
import type { Bucket } from '../../store/bucket.ts';
import type { Blob } from '../../store/records.ts';
import type { CopySource } from './copy-source.ts';

/** Bytes that were copied. */
export interface CopiedBytes {
  readonly blob: Blob;
  /** MD5 as hex. */
  readonly etag: string;
  readonly checksum?: Checksum;
}

/** Copies a run of an object's bytes into a bucket. @param algorithm - A checksum to compute beside MD5. */
export async function copyBytes(
  { bucket, object }: CopySource,
  { start, length }: { readonly start: number; readonly length: number },
  target: Bucket,
  algorithm: ChecksumAlgorithm | undefined,
): Promise<CopiedBytes> {
  const md5 = createHash('md5');
  const hasher = algorithm && (await createHasher(algorithm));
  async function* read(): AsyncGenerator<Buffer> {
    for await (const chunk of bucket.blobs.read(object.blobs, start, length)) {
      md5.update(chunk);
      hasher?.update(chunk);
      yield chunk;
    }
  }
  const blob = await target.blobs.write(read());
  const copied = { blob, etag: md5.digest('hex') };
  return algorithm && hasher ? { ...copied, checksum: { algorithm, value: hasher.digest() } } : copied;
}
