/** What the fake store and the fake server can be told to do to uploads, and what they answer then. */
import type { UploadsErrorOptions } from '@portage/server';

/** What the store, or what stands before it, does to each part. */
export const STORE_FAILURES = {
  'store-refused': xml(403, 'AccessDenied'),
  'gateway-refused': { status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>Forbidden</h1>' },
  'etag-hidden': { status: 200, headers: {}, body: '' },
  /** The bytes are damaged on their way, again and again. */
  corrupt: xml(400, 'BadDigest'),
  /** The store forgets the upload, again and again. */
  'upload-gone': xml(404, 'NoSuchUpload'),
} as const satisfies Record<string, StoreAnswer>;

/** What a store answers to a PUT. */
export interface StoreAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function xml(status: number, code: string): StoreAnswer {
  return { status, headers: { 'content-type': 'application/xml' }, body: `<Error><Code>${code}</Code></Error>` };
}

export type StoreFailure = keyof typeof STORE_FAILURES;

/** What the upload server says to a file that it does not take. */
export type ServerRefusal = Extract<
  UploadsErrorOptions['code'],
  | 'unauthorized'
  | 'too-large'
  | 'too-small'
  | 'too-many-files'
  | 'quota-exceeded'
  | 'type-refused'
  | 'key-taken'
  | 'name-refused'
  | 'rate-limited'
  | 'internal'
  | 'store-unavailable'
  | 'bad-request'
  | 'origin-refused'
>;

/**
 * A code that uploads can be made to fail with; or `network`: nothing is answered, and the page waits and tries again, as
 * it does without a network.
 */
export type FakeFailure = StoreFailure | ServerRefusal | 'network';

export const isOfStore = (code: FakeFailure): code is StoreFailure => Object.hasOwn(STORE_FAILURES, code);
