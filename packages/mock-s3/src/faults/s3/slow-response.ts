import * as v from 'valibot';
import { milliseconds } from '../units.ts';

/**
 * All is received and done, and the response is long in coming. At AWS the response to a part comes some 200 ms after its
 * last byte, and one in a thousand takes 5 s.
 */
export interface SlowResponse {
  readonly kind: 'slow_response';
  /** Milliseconds. */
  readonly ms: number;
  /** Up to so many milliseconds more or less. @default 0 */
  readonly jitter?: number;
}

export const slowResponseSchema = v.strictObject({
  kind: v.literal('slow_response'),
  ms: milliseconds,
  jitter: v.exactOptional(milliseconds),
});
