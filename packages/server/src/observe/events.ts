import type { WireErrorCode } from '@portage/protocol';
import type { CallFacts } from '../http/call-facts.ts';
import type { ObjectPlace } from '../storage.ts';

/** Which upload an event is about. Holds keys and names: it is for your own records, not for the browser. */
export interface UploadFacts {
  route: string;
  /** Empty where the route has no `authorize`. */
  userId: string;
  id: string;
  key: string;
  /** The file's name as the person saw it, cleaned. */
  displayName: string;
  /** In bytes. */
  size: number;
  /** MIME type as the browser guessed it. */
  type: string;
  /** The region where the upload lives, where the storage has several. */
  region?: string;
}

/**
 * Something that happened, for audits, metrics, logs and traces, and which call it was part of. `at` is in milliseconds
 * since the epoch.
 */
export type UploadEvent = Happening & Partial<CallFacts>;

type Happening =
  /** `movedFrom`: the region that it was in before, and that was out of reach of its page. */
  | ({ event: 'created'; at: number; parts: number; movedFrom?: string } & UploadFacts)
  /** At least once per upload: a response that is lost on its way is asked for again. `duration` in milliseconds. */
  | ({ event: 'completed'; at: number; duration: number } & UploadFacts)
  | ({ event: 'aborted'; at: number } & UploadFacts)
  /** Its token was over; its user was let in again and goes on. */
  | ({ event: 'renewed'; at: number } & UploadFacts)
  /**
   * What the store held was not what was promised. `found` says what it was; `removed` whether it is gone from its key,
   * which it is not where the store did not delete it; `quarantined` where it is kept.
   */
  | ({
      event: 'discarded';
      at: number;
      reason: 'size-mismatch' | 'type-refused' | 'scan-refused';
      found: string;
      removed: boolean;
      quarantined?: ObjectPlace;
    } & UploadFacts)
  /**
   * Uploads that nobody went on with were aborted; `failed` counts those that the store did not abort, `gone` those that it
   * did not find.
   */
  | { event: 'swept'; at: number; aborted: number; failed: number; gone: number }
  /** A file or a call that was refused by a rule, or failed. `userId` is undefined before it is known. */
  | {
      event: 'refused';
      at: number;
      route: string;
      operation: string;
      userId: string | undefined;
      code: WireErrorCode;
      status: number;
    }
  /** Every call, when it is answered: one span of a trace. `duration` in milliseconds. */
  | { event: 'call'; at: number; route: string; operation: string; status: number; duration: number };

/** Hears of everything that happens. Runs within the call, so it should only note; a failure of its own is logged. */
export type Observer = (event: UploadEvent) => unknown;
