import { isUploadError, type UploadError } from '@portage/uppy';
import type { Strings } from './strings.ts';

/** Every code that an upload can fail with: the uploader's own, and those that an upload server answers with. */
export const ERROR_CODES = [
  'no-progress',
  'server-refused',
  'store-refused',
  'file-unreadable',
  'file-changed',
  'corrupt',
  'upload-gone',
  'etag-hidden',
  'store-unreadable',
  'gateway-refused',
  'invalid-answer',
  'app-callback',
  'bad-request',
  'no-such-part',
  'invalid-parts',
  'unauthorized',
  'invalid-token',
  'token-expired',
  'place-refused',
  'origin-refused',
  'not-found',
  'no-such-upload',
  'method-not-allowed',
  'size-mismatch',
  'checksum-mismatch',
  'key-taken',
  'too-large',
  'too-small',
  'too-many-files',
  'quota-exceeded',
  'type-refused',
  'scan-refused',
  'rate-limited',
  'internal',
  'store-unavailable',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What people read of a failure. */
export interface ErrorText {
  /** What happened, in a few words. */
  readonly title: string;
  /** Why, as a sentence. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

/** What is needed of an error to put it in words. */
export type SpokenError = Pick<UploadError, 'code' | 'message' | 'hint'>;

/** What a catalogue says of a code. Without a sentence the error's own is shown, which is English. */
export type CatalogueError = Pick<ErrorText, 'title'> & Partial<ErrorText>;

/** A failure in the words of the catalogue; a code that it does not know speaks for itself. */
export function errorText(error: SpokenError, strings: Strings): ErrorText {
  const code = codeOf(error, strings);
  const {
    title = strings.failedTitle,
    message,
    hint = error.hint,
  }: Partial<ErrorText> = code ? strings.errors[code] : {};
  return { title, message: message === undefined ? error.message : withDetail(message, error), hint };
}

/** The server's code says more than that the server refused. */
function codeOf(error: SpokenError, { errors }: Strings): ErrorCode | undefined {
  const isKnown = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(errors, code);
  const serverCode: unknown = 'serverCode' in error ? error.serverCode : undefined;
  return [serverCode, error.code].find(isKnown);
}

/** `(403 AccessDenied)`: the same in every language, and what support asks for. */
function withDetail(message: string, error: SpokenError): string {
  if (!isUploadError(error) || !('status' in error)) return message;
  const { status } = error;
  const s3Code = 's3Code' in error ? error.s3Code : undefined;
  return `${message} (${[status, s3Code].filter(Boolean).join(' ')})`;
}
