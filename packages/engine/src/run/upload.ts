/** An upload as its owner has it: what it reports, and how it is steered. */

import type { Canceled, Complete, Failed } from '../machine/upload-state.ts';
import type { UploadSnapshot } from '../telling/snapshot.ts';

/** What an upload reports. Each is called after the state has changed; a listener that throws changes nothing. */
export interface UploadListener {
  onSnapshot(snapshot: UploadSnapshot): void;
  /** Only of files that go in parts. */
  onPartStored?(part: { readonly partNumber: number; readonly etag: string }): void;
  /** The upload is over; after `failed`, `retry` starts it again. */
  onEnd(end: Complete | Failed | Canceled): void;
}

/** The ways in which a person steers an upload. Each may be called at any time and any number of times. */
export interface Upload {
  pause(): void;
  resume(): void;
  /** Starts a failed upload again, from what the store holds. */
  retry(): void;
  /** Ends the upload; what the store holds of it is thrown away. */
  cancel(): void;
}
