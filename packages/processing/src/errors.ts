/** Stable, kebab-case. */
export type ProcessingErrorCode =
  /** Another process works with the folder of the embedded queue. */
  | 'folder-in-use'
  /** A name that no pipeline has. */
  | 'no-such-pipeline'
  /** The queue is closed. */
  | 'queue-closed'
  /** The process that worked on a file ended by itself. */
  | 'step-crashed'
  /** A step took longer than it may. */
  | 'step-too-slow'
  /** A step took more memory than it may. */
  | 'step-too-large';

/** A failure of processing itself; what is wrong with a file is a result. */
export class ProcessingError extends Error {
  override readonly name = 'ProcessingError';
  constructor(
    readonly code: ProcessingErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
