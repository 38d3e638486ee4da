import * as v from 'valibot';
import type { ByteStage } from '../../http/body-source.ts';
import { bytes } from '../units.ts';

/** One bit of a request's body changes. */
export interface BitFlip {
  readonly kind: 'bit_flip';
  /** Which byte; a body that is shorter stays whole. @default 0 */
  readonly at?: number;
  /**
   * `stored`: after the checksums were verified, on the way to the disk: only who reads the object back can know.
   * `received`: before, so that a checksum that was sent along does not match, and without one the ETag differs.
   * @default 'stored'
   */
  readonly where?: 'stored' | 'received';
}

export const bitFlipSchema = v.strictObject({
  kind: v.literal('bit_flip'),
  at: v.exactOptional(bytes),
  where: v.exactOptional(v.picklist(['stored', 'received'])),
});

/** Flips the lowest bit of one byte. */
export function flipBit({ at = 0 }: BitFlip, acted: () => void): ByteStage {
  return async function* (source) {
    let offset = 0;
    for await (const chunk of source) {
      const index = at - offset;
      offset += chunk.length;
      const byte = chunk[index];
      if (byte === undefined) {
        yield chunk;
        continue;
      }
      acted();
      // A copy: whoever computes checksums holds the same memory.
      const changed = Buffer.from(chunk);
      changed[index] = byte ^ 1;
      yield changed;
    }
  };
}
