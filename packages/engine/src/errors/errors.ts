/**
 * Why an upload ended without its file being stored: one class per failure.
 *
 * `message` says what happened and why, `hint` what to do, both for people. `code` is stable and for programs.
 */
export abstract class UploadError extends Error {
  abstract readonly code: string;
  /** Whether starting the same upload again, as it is, can succeed. */
  abstract readonly retryable: boolean;
  /** What the person can do, as a sentence. */
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
  }
}

/** The browser can no longer read the file: it was moved, deleted, or its drive was removed. */
export class FileUnreadableError extends UploadError {
  override readonly name = 'FileUnreadableError';
  readonly code = 'file-unreadable';
  readonly retryable = false;

  constructor(cause?: unknown) {
    super(
      'The file can no longer be read. It may have been moved, changed or deleted since it was picked.',
      'Pick the file again.',
      cause,
    );
  }
}

/**
 * The app's own function (`signRequest`, `getCredentials`, `generateObjectKey`, …) threw, or what it returned led to an
 * exception. A bug is never retried.
 */
export class AppCallbackError extends UploadError {
  override readonly name = 'AppCallbackError';
  readonly code = 'app-callback';
  readonly retryable = true;

  constructor(cause: unknown) {
    super(
      `The page could not prepare the upload: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Press Retry. If that does not help, tell the owner of this page.',
      cause,
    );
  }
}

/** Whether `error` is one of the classes above. */
export function isUploadError(error: unknown): error is UploadError {
  return error instanceof UploadError;
}
