import { UploadError } from './errors.ts';

/** The file is not the one whose upload is to go on. */
export class FileChangedError extends UploadError {
  override readonly name = 'FileChangedError';
  readonly code = 'file-changed';
  readonly retryable = false;

  constructor(fileName: string) {
    super(
      `This is not the file whose upload was interrupted, or “${fileName}” has changed since.`,
      'Pick the file as it was, or discard the unfinished upload and start anew.',
    );
  }
}
