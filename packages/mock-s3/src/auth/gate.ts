import type { Mimic } from '../mimic/mimic.ts';
import type { Credentials } from './credentials.ts';

/** Whom the store lets in. */
export interface Gate {
  readonly credentials: readonly Credentials[];
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly mimic: Mimic;
}
