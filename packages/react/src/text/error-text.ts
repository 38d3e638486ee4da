import { isUploadError, type UploadError } from '@portage/uppy';
import { englishErrors } from './english-errors.ts';
import type { ErrorCode, ErrorText } from './error-codes.ts';
import type { Strings, Words } from './strings.ts';

/** What is needed of an error to put it in words. */
export type SpokenError = Pick<UploadError, 'code' | 'message' | 'hint'>;

/** A failure in the words of the catalogue, in English where it has none; a code that it does not know speaks for itself. */
export function errorText(error: SpokenError, strings: Words): ErrorText {
  const { errors = englishErrors } = strings;
  const code = codeOf(error, errors);
  const { title = strings.failedTitle, message, hint = error.hint }: Partial<ErrorText> = code ? errors[code] : {};
  const own = code === 'app-callback' ? appWords(error) : undefined;
  return { title, message: own ?? (message === undefined ? error.message : withDetail(message, error)), hint };
}

/** The server's code says more than that the server refused. */
function codeOf(error: SpokenError, errors: Strings['errors']): ErrorCode | undefined {
  const isKnown = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(errors, code);
  const serverCode: unknown = 'serverCode' in error ? error.serverCode : undefined;
  return [serverCode, error.code].find(isKnown);
}

/** What the app's own function threw on purpose is written for its people; what a bug threw is not. */
function appWords(error: SpokenError): string | undefined {
  const cause: unknown = 'cause' in error ? error.cause : undefined;
  return cause instanceof Error && cause.name === 'Error' ? cause.message || undefined : undefined;
}

/** `(403 AccessDenied)`: the same in every language, and what support asks for. */
function withDetail(message: string, error: SpokenError): string {
  if (!isUploadError(error) || !('status' in error)) return message;
  const { status } = error;
  const s3Code = 's3Code' in error ? error.s3Code : undefined;
  return `${message} (${[status, s3Code].filter(Boolean).join(' ')})`;
}
