import type { Gate } from '../auth/gate.ts';
import type { Intercept } from '../faults/fault.ts';
import type { StoreFaults } from '../faults/fault-control.ts';
import type { CorsErrors } from '../http/cors.ts';
import type { CorsRule } from '../http/cors-rule.ts';
import type { RequestJournal } from '../journal/journal.ts';
import type { Mimic } from '../mimic/mimic.ts';
import type { DiskStore } from '../store/disk-store.ts';
import type { OpenRequests } from './open-requests.ts';

/** What all requests of a store share. */
export interface Environment {
  readonly store: DiskStore;
  readonly journal: RequestJournal;
  readonly gate: Gate;
  /** For buckets without CORS rules of their own; none: pages of other origins may do nothing. */
  readonly corsDefaults: readonly CorsRule[];
  readonly corsErrors: CorsErrors;
  readonly intercept: Intercept;
  readonly faults: StoreFaults;
  readonly open: OpenRequests;
  /** Host names that buckets are sub-domains of. */
  readonly domains: readonly string[];
  /** Which store this one behaves like. */
  readonly mimic: Mimic;
  /** Bytes. */
  readonly minPartSize: number;
  /** Longest wait for the next bytes of a body, in milliseconds. */
  readonly idleTimeout: number;
  /** Hears of bugs: whatever was answered with InternalError. */
  readonly onInternalError: (error: unknown) => void;
}
