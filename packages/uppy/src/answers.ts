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
