/** What the engine tells of an upload while it runs, for those who keep a record of it. Telling decides nothing. */

import type { Command, UploadEvent, UploadState } from '../machine/upload-state.ts';
import type { Intent, Outcome } from '../vocabulary.ts';

/** One thing that happened. An attempt is known by its number, which no other attempt of the engine has. */
export type Note =
  | readonly [what: 'begun', intent: Intent]
  /** The upload machine took an event. `limit` is the size of the window. */
  | readonly [what: 'turned', event: UploadEvent, commands: readonly Command[], state: UploadState, limit: number]
  /** The address is empty while it is to travel with others in a pack. Told again when it goes by itself after all. */
  | readonly [what: 'sent', attempt: number, partNumber: number, url: string]
  /** `loaded` bytes of the attempt are handed to the network. */
  | readonly [what: 'moved', attempt: number, loaded: number]
  /** The attempt is over: answered or failed, given up for its silence, or stopped because it is no longer wanted. */
  | readonly [what: 'answered', attempt: number, outcome: Outcome<unknown>, givenUp: boolean, stopped: boolean];

/** @param id - the {@link Intent}'s. */
export type Trace = (id: string, ...note: Note) => void;
