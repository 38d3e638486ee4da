import type { Content } from './content.ts';

/** Packed bytes that are read, and unpacked ones that are looked at: far more than the format of a text needs. */
const MOST = 64 * 1024;
/** Packed bytes that are unpacked at once: a few bytes may stand for a thousand times as many. */
const STEP = 1024;

/**
 * What a file of gzip has in it, as far as its start tells; undefined where it is none.
 * @throws what reading throws.
 */
export async function unpacked({ size, read }: Content): Promise<Content | undefined> {
  const packed = await read(0, Math.min(size, MOST));
  const start = await unpackedStart(packed);
  if (!start) return undefined;
  return { size: start.length, read: async (from, to) => start.subarray(from, to) };
}

async function unpackedStart(packed: Uint8Array): Promise<Uint8Array | undefined> {
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return undefined;
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  // What goes wrong is met where it is read.
  const quietly = (work: Promise<unknown>) => work.catch(() => undefined);
  const writing = (async () => {
    for (let at = 0; at < packed.length; at += STEP) await writer.write(packed.slice(at, at + STEP));
    await writer.close();
  })();
  quietly(writing);
  const start = new Uint8Array(MOST);
  let length = 0;
  try {
    while (length < MOST) {
      const { done, value } = await reader.read();
      if (done) break;
      const bytes: Uint8Array = value.subarray(0, MOST - length);
      start.set(bytes, length);
      length += bytes.length;
    }
  } catch {
    // The start of a longer file ends in the middle.
    if (length === 0) return undefined;
  }
  await quietly(reader.cancel());
  return start.subarray(0, length);
}
