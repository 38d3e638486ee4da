import type { FileToProcess } from '../processing.ts';

/** Whose file a page may ask about; no more can be done by it. */
export interface StatusClaims extends FileToProcess {
  readonly route: string;
  /** Empty where the route has no `authorize`. */
  readonly userId: string;
}
