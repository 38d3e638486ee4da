import { UploadError } from './errors.ts';

/** The file is not the one whose upload is to go on, or it changed while it was uploaded. */
export class FileChangedError extends UploadError {
  override readonly name = 'FileChangedError';
  readonly code = 'file-changed';
  readonly retryable: boolean;

  /** @param other - The name of the file that is expected, where another one was picked. */
  constructor(other?: string, cause?: unknown) {
    super(
      other === undefined
        ? 'The file has changed since its upload began.'
        : `This is not the file whose upload was interrupted, or “${other}” has changed since.`,
      other === undefined
        ? 'Press Retry to upload it as it is now, or pick it again.'
        : 'Pick the file as it was, or discard the unfinished upload and start again.',
      cause,
    );
    this.retryable = other === undefined;
  }
}
