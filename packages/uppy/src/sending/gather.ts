/** Small files, read into one body: each once, so that its checksum is of the very bytes that are sent. */
import type { Joined, ToJoin } from '@portage/engine/packs';
import { type FileRange, letGo } from './file-range.ts';
import { startChecksum } from './running-checksum.ts';

/** What is read cannot change any more, and a file that cannot be read is no trouble for the others. */
export async function gather(pieces: readonly ToJoin<FileRange>[], padding: number): Promise<Joined<FileRange>> {
  const read = await Promise.all(pieces.map(readOnce));
  const whole = read.map((one, index) => one?.bytes ?? new ArrayBuffer(sizeOf(pieces[index])));
  const file = new Blob([...whole, new ArrayBuffer(padding)]);
  letGo(file.size);
  const told = read.map((one) => one && { checksum: one.checksum });
  return { body: { file, start: 0, end: file.size }, read: told };
}

const sizeOf = (piece: ToJoin<FileRange> | undefined) => (piece ? piece.body.end - piece.body.start : 0);

async function readOnce({ body: { file, start, end }, algorithm }: ToJoin<FileRange>) {
  // A slice costs as much as reading it.
  const blob = start === 0 && end === file.size ? file : file.slice(start, end);
  const bytes = await blob.arrayBuffer().catch(() => undefined);
  if (bytes?.byteLength !== end - start) return undefined;
  const checksum = algorithm && startChecksum(algorithm);
  checksum?.add(new Uint8Array(bytes));
  return { bytes, checksum: checksum?.value() };
}
