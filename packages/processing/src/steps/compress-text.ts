import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import type { StepOutcome } from '../step.ts';
import type { ArchiveResult } from './archive.ts';

/** So much of a file is looked at, in bytes. */
const SAMPLE = 64 * 1024;

/** Whether a file is text, by its start: UTF-8 without a zero. */
export async function isText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    const start = buffer.subarray(0, bytesRead);
    if (start.includes(0)) return false;
    // As a stream: the last character may be cut.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await file.close();
  }
}

/** Node's own, which Node 20 and its types do not have. */
const { createZstdCompress } = zlib as { createZstdCompress?: () => Transform };

/** A piece at a time: no text is in memory whole. */
export async function compressText(
  path: string,
  folder: string,
  format: 'gzip' | 'zstd',
): Promise<StepOutcome<ArchiveResult>> {
  const compress = format === 'gzip' ? zlib.createGzip() : createZstdCompress?.();
  if (!compress) return { kind: 'skipped', why: `Node ${process.versions.node} has no zstd: 22.15 has.` };
  const name = format === 'gzip' ? 'text.gz' : 'text.zst';
  const to = join(folder, name);
  await pipeline(createReadStream(path), compress, createWriteStream(to));
  const [{ size }, before] = await Promise.all([stat(to), stat(path)]);
  if (size >= before.size) return { kind: 'skipped', why: 'Compressed, it would be larger.' };
  return {
    kind: 'done',
    result: { kind: 'text', size },
    files: [{ name, path: to, type: format === 'gzip' ? 'application/gzip' : 'application/zstd' }],
  };
}
