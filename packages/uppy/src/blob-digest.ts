/**
 * Sums up a part piece by piece, and one part at a time: Chromium keeps what was read until it collects its garbage, about
 * 250 MiB so, and 400 MiB with six parts at once; neither grows with the file.
 */
import { crc64nvme, type Digest } from '@portage/engine';

let before: Promise<unknown> = Promise.resolve();

export const blobDigest: Digest<Blob> = (body, signal) => {
  const turn = before.then(() => sum(body, signal));
  before = turn.catch(() => {});
  return turn;
};

async function sum(body: Blob, signal: AbortSignal | undefined): Promise<bigint> {
  const reader = body.stream().getReader();
  let crc = 0n;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return crc;
    if (signal?.aborted) {
      await reader.cancel();
      throw new DOMException('The part is not sent any more.', 'AbortError');
    }
    crc = crc64nvme(value, crc);
  }
}
