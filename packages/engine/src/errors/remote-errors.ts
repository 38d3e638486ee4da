/** The errors of files that are with another service, such as a drive in the cloud. */
import { UploadError } from './errors.ts';

/** Uploads go to an upload server that must be asked about each file, and this file would go past it. */
export class RemoteRefusedError extends UploadError {
  override readonly name = 'RemoteRefusedError';
  readonly code = 'remote-refused';
  readonly retryable = false;

  constructor() {
    super(
      'The file is with another service, and this page cannot take it from there.',
      'Download it to your device, then add it from there.',
    );
  }
}

/** Companion, or the service that has the file, failed. */
export class RemoteFailedError extends UploadError {
  override readonly name = 'RemoteFailedError';
  readonly code = 'remote-failed';
  readonly retryable = true;

  constructor(cause: unknown) {
    super(
      `The file could not be fetched from the service that has it: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Press Retry. If that does not help, download the file to your device and add it from there.',
      cause,
    );
  }
}
