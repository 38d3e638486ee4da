/** The words in which an upload's life is told: its states, what can happen to it, and what it asks to be done. */
import type { StoredPart } from '@portage/protocol';
import type { UploadError } from '../errors/errors.ts';
import type { Failure, Sent } from '../failure.ts';
import type { Holding, Opened, PartRequest, ReadyPart, Result, Session } from '../vocabulary.ts';
import type { Parts } from './parts.ts';
import type { Step } from './retry-policy.ts';

/** A call to the backend: asked and not answered, or failed and waiting for its next attempt. */
export type Call =
  | { readonly is: 'asking'; readonly tries: number }
  | { readonly is: 'waiting'; readonly tries: number; readonly until: number; readonly parked: boolean };

/** What an upload that does not run keeps, so that nothing is sent twice when it goes on. */
export type Held =
  | { readonly is: 'nothing' }
  /** The create call is out: its response decides. */
  | { readonly is: 'create-call' }
  /** The store must be asked what it has. */
  | { readonly is: 'session'; readonly session: Session }
  | { readonly is: 'parts'; readonly session: Session; readonly parts: Parts };

/** Bounds the ways back: a store that forgets every upload must not be asked for ever. */
export interface History {
  readonly startedAnew: boolean;
  /** Created with equal parts as small as S3 takes them, as others were refused. @default false */
  readonly small?: boolean | undefined;
  /** How often the store was asked what it holds after it refused to complete. */
  readonly lists: number;
}

interface Alive {
  readonly history: History;
}

/** Wants to run, and waits until fewer others do. */
export interface Waiting extends Alive {
  readonly at: 'waiting';
  readonly held: Held;
}
export interface Creating extends Alive {
  readonly at: 'creating';
  readonly call: Call;
}
/** Asks the store what it holds. */
export interface Listing extends Alive {
  readonly at: 'listing';
  readonly session: Session;
  readonly call: Call;
}
export interface Sending extends Alive {
  readonly at: 'sending';
  readonly session: Session;
  readonly parts: Parts;
  /** The sign call; undefined while none is needed. */
  readonly signing: Call | undefined;
  /** Whether the store is being asked beside what it holds. */
  readonly looking?: boolean;
}
export interface Completing extends Alive {
  readonly at: 'completing';
  readonly session: Session;
  readonly stored: readonly StoredPart[];
  readonly call: Call;
}
export interface Paused extends Alive {
  readonly at: 'paused';
  readonly held: Held;
}
export interface Complete {
  readonly at: 'complete';
  readonly result: Result;
}
export interface Failed {
  readonly at: 'failed';
  readonly error: UploadError;
  readonly held: Held;
}
export interface Canceled {
  readonly at: 'canceled';
}

export type UploadState = Waiting | Creating | Listing | Sending | Completing | Paused | Complete | Failed | Canceled;

/** A step that is under way, or that waits for its next attempt. */
export type Task = { readonly step: Exclude<Step, 'part'> } | { readonly step: 'part'; readonly partNumber: number };

/** A task's attempt came to nothing, with what the retry policy wants to know. */
export interface TaskFailed {
  readonly type: 'failed';
  readonly task: Task;
  readonly failure: Failure;
  /** How much of a part was handed over. @default 'nothing' */
  readonly sent?: Sent | undefined;
  readonly random: number;
  /** Milliseconds since the upload last made progress. */
  readonly idle: number;
  readonly online: boolean;
  /** Milliseconds that the retry budget asks for. */
  readonly hold: number;
}

export type UploadEvent =
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel' }
  /** Start a failed upload again, from what it holds. */
  | { readonly type: 'retry' }
  /** The upload may run. */
  | { readonly type: 'open' }
  | ({ readonly type: 'created' } & Opened)
  | { readonly type: 'listed'; readonly holding: Holding }
  /** What the store holds, asked beside the sending. */
  | { readonly type: 'looked'; readonly holding: Holding }
  | { readonly type: 'signed'; readonly requests: readonly ReadyPart[] }
  /** One more part may be sent. */
  | { readonly type: 'slot' }
  | { readonly type: 'stored'; readonly part: StoredPart }
  | { readonly type: 'completed'; readonly result: Result }
  | TaskFailed
  /** An attempt of the part has not moved for longer than its timeout; or it has moved again. */
  | { readonly type: 'silent' | 'heard'; readonly partNumber: number }
  /** The time that a `wait` command named has come. */
  | { readonly type: 'due'; readonly task: Task }
  /** The event before it threw an exception. `session`: of an upload that was just created. */
  | { readonly type: 'broke'; readonly cause: unknown; readonly session: Session | undefined };

export type Command =
  /** `small`: with parts as small as S3 takes them. */
  | { readonly do: 'create'; readonly small?: boolean | undefined }
  | { readonly do: 'list'; readonly session: Session }
  /** The same, while parts are sent. */
  | { readonly do: 'look'; readonly session: Session }
  | { readonly do: 'sign'; readonly session: Session; readonly partNumbers: readonly number[] }
  | { readonly do: 'complete'; readonly session: Session; readonly parts: readonly StoredPart[] }
  | { readonly do: 'send'; readonly partNumber: number; readonly request: PartRequest }
  /** Stop the part's other attempt: it is stored. */
  | { readonly do: 'stop'; readonly partNumber: number }
  /** Send `due` for the task after `ms`; if parked, also when the network is back. */
  | { readonly do: 'wait'; readonly task: Task; readonly ms: number; readonly parked: boolean }
  /** Stop every attempt and wait of this upload; a response that still comes no longer counts. */
  | { readonly do: 'abandon' }
  /** Tell the store to throw away what it holds of this upload. */
  | { readonly do: 'discard'; readonly session: Session };

/** What holds for all of an upload's life. */
export interface Rules {
  /** The file's size in bytes. */
  readonly size: number;
  /** Most parts of this upload in flight, or waiting for another attempt, at once. */
  readonly concurrency: number;
  /** How many parts the backend signs in one call. */
  readonly signBatch: number;
}

export interface Transition {
  readonly state: UploadState;
  readonly commands: readonly Command[];
}
