/** The errors of failed requests, loaded with the policy that gives them. */

import type { Hidden } from '../failure.ts';
import { UploadError } from './errors.ts';

/** Nothing moved for so long, while online, that the upload gave up. */
export class NoProgressError extends UploadError {
  override readonly name = 'NoProgressError';
  readonly code = 'no-progress';
  readonly retryable = true;

  constructor(minutes: number, cause?: unknown) {
    super(
      `The upload made no progress for ${minutes} minutes, because the storage could not be reached.`,
      'Check your connection, then press Retry. What was already sent is kept.',
      cause,
    );
  }
}

/** The upload server refused the file or the person. `serverCode` is the wire contract's code. */
export class ServerRefusedError extends UploadError {
  override readonly name = 'ServerRefusedError';
  readonly code = 'server-refused';
  readonly retryable: boolean;
  readonly serverCode: string;

  constructor(serverCode: string, message: string, hint: string) {
    super(message, hint);
    this.serverCode = serverCode;
    this.retryable = PASSING.has(serverCode);
  }
}

/**
 * The upload server does not know who is asking: a session that ended. Signed in again, the same upload goes on; what is
 * stored of it is kept.
 */
export class UnauthorizedError extends UploadError {
  override readonly name = 'UnauthorizedError';
  readonly code = 'unauthorized';
  readonly retryable = true;
}

/** Refusals that may be none the next time. */
const PASSING = new Set(['rate-limited', 'internal', 'store-unavailable']);

/** The object store refused a request, and signing it again did not help. */
export class StoreRefusedError extends UploadError {
  override readonly name = 'StoreRefusedError';
  readonly code = 'store-refused';
  readonly retryable = true;
  readonly status: number;
  /** S3's own code, such as `AccessDenied`; absent where the page could not read it. */
  readonly s3Code: string | undefined;

  constructor(status: number, s3Code: string | undefined) {
    super(
      `The storage refused the upload (${status}${s3Code ? ` ${s3Code}` : ''}).`,
      'Tell the owner of this page: the storage permissions or its clock may be wrong.',
    );
    this.status = status;
    this.s3Code = s3Code;
  }
}

/** Somebody can be reached, but the answers are kept from the page: by CORS, by a gateway, by the page's own policy. */
abstract class UnreadableError extends UploadError {
  readonly retryable = true;
  /** Whose answers they are. */
  readonly origin: string;
  /** What keeps them from the page; see `Hidden`. */
  readonly by: Hidden['by'];

  constructor(who: string, { origin, by }: Hidden) {
    super(
      `The ${who} can be reached, but this page may not read its answers.`,
      'Tell the owner of this page; the console of the browser says more.',
    );
    this.origin = origin;
    this.by = by;
  }
}

/** The answers of the store are kept from the page. */
export class StoreUnreadableError extends UnreadableError {
  override readonly name = 'StoreUnreadableError';
  readonly code = 'store-unreadable';

  constructor(hidden: Hidden) {
    super('storage', hidden);
  }
}

/** The answers of the upload server, which arranges the uploads, are kept from the page. */
export class ServerUnreadableError extends UnreadableError {
  override readonly name = 'ServerUnreadableError';
  readonly code = 'server-unreadable';

  constructor(hidden: Hidden) {
    super('upload server', hidden);
  }
}

/** The browser lets no page reach the local network, or this machine, before the person has allowed it; here nobody has. */
export class LocalNetworkDeniedError extends UploadError {
  override readonly name = 'LocalNetworkDeniedError';
  readonly code = 'local-network-denied';
  readonly retryable = true;
  /** What was to be reached. */
  readonly origin: string;

  constructor({ origin }: Hidden) {
    super(
      'The files go to your local network, and your browser does not let this page reach it.',
      "Allow local network access for this page, by the icon before the page's address, then press Retry.",
    );
    this.origin = origin;
  }
}

/** Something between the page and the server or store refused the request: a page of its own came back, not their words. */
export class GatewayRefusedError extends UploadError {
  override readonly name = 'GatewayRefusedError';
  readonly code = 'gateway-refused';
  readonly retryable = true;
  readonly status: number;

  constructor(status: number) {
    super(
      `Something between your device and the storage refused the upload (${status}).`,
      'Press Retry, or try another network. If that does not help, tell the owner of this page.',
    );
    this.status = status;
  }
}

/** Something between the page and the store ends each request at one age, and the link is too slow for one part alone. */
export class TooSlowError extends UploadError {
  override readonly name = 'TooSlowError';
  readonly code = 'too-slow';
  readonly retryable = true;

  constructor() {
    super(
      'Your connection is too slow: something on the way ends each part of the upload before it is through.',
      'Check your connection, then press Retry. What was already sent is kept.',
    );
  }
}

/** What the store holds in the end is not what was picked. */
export class CorruptError extends UploadError {
  override readonly name = 'CorruptError';
  readonly code = 'corrupt';
  readonly retryable = true;

  constructor() {
    super('What arrived at the storage is not the same as the file that was picked.', 'Press Retry to send it again.');
  }
}

/** The store forgot the upload, twice. */
export class UploadGoneError extends UploadError {
  override readonly name = 'UploadGoneError';
  readonly code = 'upload-gone';
  readonly retryable = true;

  constructor() {
    super('The storage no longer knows this upload.', 'Press Retry to send the file again.');
  }
}

/** The store answered, but the page may not read the part's ETag, so the upload can never be completed. */
export class ETagHiddenError extends UploadError {
  override readonly name = 'ETagHiddenError';
  readonly code = 'etag-hidden';
  readonly retryable = false;

  constructor() {
    super(
      'The storage accepted a part, but the page could not read its ETag header.',
      "Tell the owner of this page: the bucket's CORS rules must list ETag under ExposeHeaders.",
    );
  }
}

/** A response that is not what the contract says, such as a login page of a Wi-Fi network. */
export class InvalidResponseError extends UploadError {
  override readonly name = 'InvalidResponseError';
  readonly code = 'invalid-response';
  readonly retryable = true;

  constructor(cause?: unknown) {
    super(
      'The response did not come from the upload server. Your network may ask you to log in.',
      'Open another page and log in to your network, then press Retry.',
      cause,
    );
  }
}
