/**
 * Sums up a part piece by piece, and one part at a time: Chromium keeps what was read until it collects its garbage, about
 * 250 MiB so, and 400 MiB with six parts at once; neither grows with the file.
 */
import { crc64nvme, type Digests } from '@portage/engine';

let before: Promise<unknown> = Promise.resolve();

export const blobDigests: Digests<Blob> = {
  sum(body, algorithm, signal) {
    const turn = before.then(() => sum(body, algorithm, signal));
    before = turn.catch(() => {});
    return turn;
  },
  async md5(bytes) {
    return toBigint((await loadMd5())(bytes));
  },
};

async function sum(body: Blob, algorithm: 'CRC64NVME' | 'MD5', signal: AbortSignal | undefined): Promise<bigint> {
  if (algorithm === 'CRC64NVME') {
    let crc = 0n;
    for await (const piece of pieces(body, signal)) crc = crc64nvme(piece, crc);
    return crc;
  }
  const hash = (await loadMd5()).create();
  for await (const piece of pieces(body, signal)) hash.update(piece);
  return toBigint(hash.digest());
}

async function* pieces(body: Blob, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const reader = body.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (signal?.aborted) {
      await reader.cancel();
      throw new DOMException('The part is not sent any more.', 'AbortError');
    }
    yield value;
  }
}

/** Few pages need it. */
async function loadMd5() {
  return (await import('@noble/hashes/legacy.js')).md5;
}

function toBigint(bytes: Uint8Array): bigint {
  let sum = 0n;
  for (const byte of bytes) sum = (sum << 8n) | BigInt(byte);
  return sum;
}
