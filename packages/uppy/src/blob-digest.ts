/** Sums up a part without having it in memory: a stream hands out pieces of it, with a breath between them. */
import { crc64nvme, type Digest } from '@portage/engine';

export const blobDigest: Digest<Blob> = async (body, signal) => {
  const reader = body.stream().getReader();
  let sum = 0n;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return sum;
    if (signal?.aborted) {
      await reader.cancel();
      throw new DOMException('The part is not sent any more.', 'AbortError');
    }
    sum = crc64nvme(value, sum);
  }
};
