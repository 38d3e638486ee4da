/** Reads what servers and stores answer when they refuse. */
import type { Failure } from '@portage/engine';

/** S3's error code and message, from its XML; undefined where the body is something else. */
export function readS3Error(body: string): { code: string; message: string } | undefined {
  const error = readXml(body)?.documentElement;
  if (error?.tagName !== 'Error') return undefined;
  return { code: textOf(error, 'Code') ?? '', message: textOf(error, 'Message') ?? '' };
}

/** Undefined where it is not well-formed XML. */
export function readXml(body: string): Document | undefined {
  const document = new DOMParser().parseFromString(body, 'application/xml');
  return document.querySelector('parsererror') ? undefined : document;
}

/** The text of the first element of that name inside `parent`. */
export function textOf(parent: Element, name: string): string | undefined {
  return parent.getElementsByTagName(name)[0]?.textContent ?? undefined;
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

/** A refusal that is a page, not in the words of the server that was asked. */
export function pageRefusal(status: number, retryAfter: number | undefined, base: string): Failure {
  if (isSignedOut(status)) {
    return {
      kind: 'server',
      status,
      code: 'unauthorized',
      message: `The server of this page refused the upload (${status}): you may have been signed out.`,
      hint: 'Sign in again, in another tab if you like, then press Retry. What was already sent is kept.',
    };
  }
  return {
    kind: 'server',
    status,
    retryAfter,
    code: `http-${status}`,
    message: `The upload server at ${base} answered ${status}.`,
    hint:
      status >= 500
        ? 'Try again in a moment.'
        : 'Tell the owner of this page: the address of the upload server, or what stands before it, may be wrong.',
  };
}

/** A refusal by the store, as the engine wants it. */
export function storeFailure(status: number, retryAfter: string | null, body: string): Failure {
  return { kind: 'store', status, code: readS3Error(body)?.code, retryAfter: readRetryAfter(retryAfter) };
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
