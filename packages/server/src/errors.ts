import { WIRE_ERRORS, type WireError, type WireErrorCode } from '@portage/protocol';

export interface UploadsErrorOptions {
  code: WireErrorCode;
  /** What happened and why, in a sentence for people. Never a key, a secret or the name of a bucket. */
  message: string;
  /** What to do about it, in a sentence for people. */
  hint: string;
  /** For the server's own log; never sent. @default none */
  cause?: unknown;
  /** When to call again, in seconds: sent as `Retry-After`. @default not said */
  retryAfter?: number;
  /** Where HTTP has a more exact status. @default that of the code */
  status?: number;
}

/**
 * A refusal that the browser is told about, in words. Hooks of a route may throw it; anything else that they throw is
 * taken for a bug and answered as `internal`, without its message.
 *
 * @example
 * throw new UploadsError({ code: 'too-large', message: 'Your plan holds 1 GB.', hint: 'Remove some files first.' });
 */
export class UploadsError extends Error {
  override readonly name: string = 'UploadsError';
  readonly code: WireErrorCode;
  readonly hint: string;
  /** In seconds. */
  readonly retryAfter: number | undefined;
  /** The HTTP status of the response. */
  readonly status: number;

  constructor({ code, message, hint, cause, retryAfter, status = WIRE_ERRORS[code] }: UploadsErrorOptions) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
    this.retryAfter = retryAfter;
    this.status = status;
  }

  /** The body of the response. */
  toWire(): WireError {
    return { error: { code: this.code, message: this.message, hint: this.hint } };
  }
}

/** `authorize` says no: answered as 401 `unauthorized`. */
export class RefusedError extends UploadsError {
  override readonly name = 'RefusedError';

  constructor(message = 'You are not signed in, or you may not upload here.', hint = 'Sign in, then try again.') {
    super({ code: 'unauthorized', message, hint });
  }
}

/** What kept the store from doing what was asked. */
export type StoreErrorReason =
  /** It could not be reached, was too slow, or had a failure of its own: trying again makes sense. */
  | 'unavailable'
  /** It refused this server: credentials, clock, bucket or permissions are wrong. */
  | 'refused'
  /** It does not know the upload: finished, aborted, or cleaned away. */
  | 'no-such-upload'
  /** It does not hold the parts that were named, or one of them is too small. */
  | 'invalid-parts'
  /** Its parts do not add up to the checksum that the browser announced. */
  | 'checksum-mismatch'
  /** There is another object at the key, and it may not be overwritten. */
  | 'taken';

/** Thrown by a {@link Storage}. Its message is for the server's log; the browser gets a sentence of our own. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly reason: StoreErrorReason;

  constructor(reason: StoreErrorReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** What the browser is told about any error. */
export function toUploadsError(error: unknown): UploadsError {
  if (error instanceof UploadsError) return error;
  if (error instanceof StoreError) return new UploadsError({ ...STORE_ERRORS[error.reason], cause: error });
  return new UploadsError({
    code: 'internal',
    message: 'The upload server had a failure of its own.',
    hint: 'Try again later. If that does not help, tell the owner of this page; the log of the upload server says more.',
    cause: error,
  });
}

const STORE_ERRORS: Record<StoreErrorReason, UploadsErrorOptions> = {
  unavailable: {
    code: 'store-unavailable',
    message: 'The file store does not answer at the moment.',
    hint: 'Nothing is lost; the upload goes on as soon as the store is back.',
  },
  refused: {
    code: 'internal',
    message: 'The upload server may not use its file store.',
    hint: 'Tell the owner of this page; the log of the upload server says what the store refused.',
  },
  'no-such-upload': {
    code: 'no-such-upload',
    message: 'The file store no longer knows this upload.',
    hint: 'Start the upload of this file again.',
  },
  'checksum-mismatch': {
    code: 'checksum-mismatch',
    message: 'What arrived at the file store is not what was sent.',
    hint: 'Ask which parts are there, send the damaged ones again, then complete.',
  },
  taken: {
    code: 'key-taken',
    message: 'There is a file of this name already, and it is not overwritten.',
    hint: 'Rename the file and try again.',
  },
  'invalid-parts': {
    code: 'invalid-parts',
    message: 'The file store does not hold all the parts that were named, or one of them is too small.',
    hint: 'Ask which parts are there, send the others again, then complete.',
  },
};
