/** Reads what servers and stores answer when they refuse. */
import type { Failure } from '@portage/engine';

/**
 * S3's error code, from its XML; undefined where the body is something else. Not read by the browser's parser: under Trusted Types it
 * takes no text, and throws.
 */
export function readS3Code(body: string): string | undefined {
  return /^\s*(?:<\?xml[^>]*>\s*)?<Error[\s>].*?<Code>([^<]*)/s.exec(body)?.[1];
}

/** Where a form stores the object: its address without a signature. */
export function formLocation(url: string, key: string): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `${withoutQuery(url).replace(/\/+$/, '')}/${path}`;
}

export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** How long a presigned URL lives, in milliseconds; for ever where it does not tell. */
export function lifeOf(url: string): number {
  const seconds = Number(/[?&]X-Amz-Expires=(\d+)/i.exec(url)?.[1] ?? Number.NaN);
  return Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : seconds * 1000;
}

/** By the page of what stands in front of a server, which asks for a session. */
export function isSignedOut(status: number): boolean {
  return status === 401 || status === 403;
}

/** A refusal that is a page, not in the words of the server that was asked. The engine has the words for those without a session's. */
export function pageRefusal(status: number, retryAfter: number | undefined): Failure {
  if (!isSignedOut(status))
    return { kind: 'server', status, retryAfter, code: `http-${status}`, message: '', hint: '' };
  return {
    kind: 'server',
    status,
    code: 'unauthorized',
    message: `The server of this page refused the upload (${status}): you may have been signed out.`,
    hint: 'Sign in again, in another tab if you like, then press Retry. What was already sent is kept.',
  };
}

/** A refusal by the store, as the engine wants it. */
export function storeFailure(status: number, retryAfter: string | null, body: string): Failure {
  return { kind: 'store', status, code: readS3Code(body), retryAfter: readRetryAfter(retryAfter) };
}

/**
 * `Retry-After` in milliseconds: seconds, or a date.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(value: string | null): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
