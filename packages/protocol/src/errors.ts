/** The codes that an upload server answers with, each with its HTTP status. A code never changes its meaning. */
export const WIRE_ERRORS = {
  /** The body is not JSON, or not of the operation's shape. */
  'bad-request': 400,
  /** No store can keep the file by this name. */
  'name-refused': 400,
  /** A part number that this upload does not have. */
  'no-such-part': 400,
  /** The parts named on complete are not all there, or not those that the store holds. */
  'invalid-parts': 400,
  /** `authorize` refused. */
  unauthorized: 401,
  /** The token was not made by this server, or was changed. */
  'invalid-token': 403,
  /** The token's time is over, and that of its upload; or nobody can say who is asking, so it cannot be renewed. */
  'token-expired': 403,
  /** The one who asks may upload, but no longer to where this upload goes. */
  'place-refused': 403,
  /** The page's origin may not use this server. */
  'origin-refused': 403,
  /** No such route or operation. */
  'not-found': 404,
  /** The store no longer knows this upload, and no finished object of it either. */
  'no-such-upload': 404,
  'method-not-allowed': 405,
  /** What the store holds is not what was sent: some part was damaged on its way. */
  'checksum-mismatch': 400,
  /** What the store holds is not of the size that was agreed on. */
  'size-mismatch': 409,
  /** Another object has this name already, and nothing is overwritten. */
  'key-taken': 409,
  /** The file, or the body of the call, is larger than allowed. */
  'too-large': 413,
  'too-small': 413,
  'too-many-files': 413,
  /** The file would take more room than this user has left. */
  'quota-exceeded': 413,
  /** The route does not take this type of file, or the file is not what its name says. */
  'type-refused': 415,
  /** Something harmful was found in the file. */
  'scan-refused': 422,
  /** Too many calls; `Retry-After` says when to call again. */
  'rate-limited': 429,
  /** A bug or a misconfiguration on the server's side. */
  internal: 500,
  /** The store refused or could not be reached; trying again makes sense. */
  'store-unavailable': 503,
} as const satisfies Record<string, number>;

export type WireErrorCode = keyof typeof WIRE_ERRORS;
