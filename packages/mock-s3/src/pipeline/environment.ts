import type { Gate } from '../auth/authenticate.ts';
import type { Intercept } from '../faults/fault.ts';
import type { Cors } from '../http/cors.ts';
import type { RequestJournal } from '../journal/journal.ts';
import type { DiskStore } from '../storage/disk-store.ts';

/** What all requests of a store share. */
export interface Environment {
  readonly store: DiskStore;
  readonly journal: RequestJournal;
  readonly gate: Gate;
  /** `undefined`: pages of other origins may do nothing. */
  readonly cors: Cors | undefined;
  readonly intercept: Intercept;
  /** Host names that buckets are sub-domains of. */
  readonly domains: readonly string[];
  /** Bytes. */
  readonly minPartSize: number;
  /** Longest wait for the next bytes of a body, in milliseconds. */
  readonly idleTimeout: number;
  /** Hears of bugs: whatever was answered with InternalError. */
  readonly onInternalError: (error: unknown) => void;
}
