/** Every code that an upload can fail with: the uploader's own, and those that an upload server answers with. */
export const ERROR_CODES = [
  'no-progress',
  'server-refused',
  'store-refused',
  'file-unreadable',
  'file-changed',
  'remote-refused',
  'remote-failed',
  'corrupt',
  'upload-gone',
  'etag-hidden',
  'store-unreadable',
  'server-unreadable',
  'local-network-denied',
  'gateway-refused',
  'too-slow',
  'invalid-response',
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
  'name-refused',
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

/** What a catalogue says of a code. Without a sentence the error's own is shown, which is English. */
export type CatalogueError = Pick<ErrorText, 'title'> & Partial<ErrorText>;
