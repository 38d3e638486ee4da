/**
 * What can go wrong where, and how the upload must end: the table of docs/architecture.md ("What happens to a failure")
 * as expectations. A row's upload is complete after the failure came `tolerates` times in a row; beyond, and where it
 * never ends, it fails with `code`.
 */
import type { Fault } from '@portage/mock-s3';
import type { CallFault } from '../call-faults.ts';

const MiB = 1024 * 1024;

interface Ends {
  readonly name: string;
  /** @default any number */
  readonly tolerates?: number;
  /** Of the error, where it comes too often. */
  readonly code: string;
  /** The page reads no response, though the host gives others one: it may say that instead, as `store-unreadable`. */
  readonly unread?: boolean;
  /** Takes many seconds by its nature: it is met once, and not with others. */
  readonly slow?: boolean;
}

/** A call of the page to the upload server, or to the app's own signer. */
export interface CallFailure extends Ends {
  readonly fault: CallFault;
}

/** A request to the store, by the page or by the upload server. */
export interface StoreFailure extends Ends {
  readonly fault: Fault;
}

const answer = (status: number, body: string, headers: Record<string, string> = {}): CallFault => ({
  kind: 'answer',
  status,
  body,
  headers: { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html', ...headers },
});
const LOGIN = '<!doctype html><h1>Welcome to our Wi-Fi</h1><button>I agree</button>';

const BROKEN: readonly CallFailure[] = [
  { name: 'reset', fault: { kind: 'reset' }, code: 'no-progress', unread: true },
  { name: 'lost reply', fault: { kind: 'lost-reply' }, code: 'no-progress', unread: true },
  { name: 'truncated answer', fault: { kind: 'truncated' }, code: 'no-progress', unread: true },
  { name: 'silence', fault: { kind: 'silence' }, code: 'no-progress', slow: true },
];

const words = (code: string) => JSON.stringify({ error: { code, message: 'You may not.', hint: 'Ask for more.' } });
/** By whoever stands before the upload server: not in the words of the contract. */
const page = (name: string, status: number, body = '', headers: Record<string, string> = {}): CallFailure => ({
  name,
  fault: answer(status, body, headers),
  code: 'gateway-refused',
});

/** Of `create`, `sign` and `parts` at Portage's server. */
export const CALL_FAILURES: readonly CallFailure[] = [
  ...BROKEN,
  page('500', 500, '{}'),
  page('502 as HTML', 502, '<h1>502 Bad Gateway</h1>'),
  page('503', 503),
  page('503, Retry-After', 503, '', { 'retry-after': '1' }),
  page('504', 504),
  page('408', 408),
  page('429, Retry-After', 429, '', { 'retry-after': '1' }),
  { name: '429, in words', fault: answer(429, words('rate-limited')), code: 'server-refused' },
  { name: '200 as HTML', fault: answer(200, LOGIN), code: 'invalid-response' },
  { name: '200, another JSON', fault: answer(200, '{"ok":true}'), code: 'invalid-response' },
  // An ingress that is set up anew: it is given half a minute, and the pauses of a cell are shorter.
  page('404, not our server', 404),
  { ...page('406 as HTML', 406, '<h1>406 Not Acceptable</h1>'), tolerates: 0 },
  // Somebody before the server asks for a session, and so does the server by this code alone.
  { name: '403 as HTML', fault: answer(403, LOGIN), tolerates: 0, code: 'unauthorized' },
  { name: '401, signed out, in words', fault: answer(401, words('unauthorized')), tolerates: 0, code: 'unauthorized' },
  { name: '403, refused in words', fault: answer(403, words('place-refused')), tolerates: 0, code: 'server-refused' },
];

/**
 * Of `complete`: the object may be stored already, so it is asked again whatever a gateway says. Where a session is asked for,
 * once more, and once after a look at what is stored.
 */
export const COMPLETE_CALL_FAILURES: readonly CallFailure[] = CALL_FAILURES.map(({ tolerates, ...failure }) => ({
  ...failure,
  ...(tolerates !== undefined && failure.code !== 'gateway-refused' && { tolerates }),
  ...(failure.code === 'unauthorized' && { tolerates: 2 }),
}));

/** Of an app's `signRequest`, which passes on what its `fetch` and its `response.json()` throw. */
export const SIGNER_FAILURES: readonly CallFailure[] = [
  ...BROKEN,
  { name: '502 as HTML', fault: answer(502, '<h1>502 Bad Gateway</h1>'), code: 'app-callback' },
  { name: '200 as HTML', fault: answer(200, LOGIN), code: 'app-callback' },
];

const error = (status: number, code: string, headers?: Record<string, string>): Fault => ({
  kind: 'error',
  status,
  code,
  ...(headers && { headers }),
});

const STORE_NETWORK: readonly StoreFailure[] = [
  { name: 'reset', fault: { kind: 'reset_peer' }, code: 'no-progress', unread: true },
  { name: 'lost reply', fault: { kind: 'lost_reply' }, code: 'no-progress', unread: true },
];

const STORE_TRANSIENT: readonly StoreFailure[] = [
  { name: '500', fault: error(500, 'InternalError'), code: 'store-refused' },
  { name: '502', fault: error(502, 'BadGateway'), code: 'store-refused' },
  { name: '503 SlowDown', fault: error(503, 'SlowDown'), code: 'store-refused' },
  {
    name: '503 SlowDown, Retry-After',
    fault: error(503, 'SlowDown', { 'retry-after': '1' }),
    code: 'store-refused',
  },
  { name: '504', fault: error(504, 'GatewayTimeout'), code: 'store-refused' },
  { name: '429', fault: error(429, 'TooManyRequests'), code: 'store-refused' },
  { name: '408', fault: error(408, 'RequestTimeout'), code: 'store-refused' },
  { name: '400 RequestTimeout', fault: error(400, 'RequestTimeout'), code: 'store-refused' },
];

/** Some stores let pages read what they have against a signature, others do not. */
const READABLE = { 'access-control-allow-origin': '*' };

/** Of a signature that the page has sent itself. */
const STORE_SIGNATURE: readonly StoreFailure[] = [
  { name: '403 ExpiredToken', fault: error(403, 'ExpiredToken'), tolerates: 5, code: 'store-refused' },
  {
    name: '403 RequestTimeTooSkewed',
    fault: error(403, 'RequestTimeTooSkewed', READABLE),
    tolerates: 5,
    code: 'store-refused',
  },
  { name: '403 AccessDenied', fault: error(403, 'AccessDenied', READABLE), tolerates: 1, code: 'store-refused' },
  { name: '403, hidden', fault: error(403, 'AccessDenied'), code: 'store-unreadable', unread: true },
];

/** Of what the page puts into the store itself: a part, or a small file as a whole. */
export const PUT_FAILURES: readonly StoreFailure[] = [
  ...STORE_NETWORK,
  { name: 'reset half-way', fault: { kind: 'reset_peer', afterBytes: MiB }, code: 'no-progress', unread: true },
  { name: 'end half-way', fault: { kind: 'limit_data', bytes: MiB }, code: 'no-progress', unread: true },
  { name: 'silence', fault: { kind: 'stall' }, code: 'no-progress', slow: true },
  { name: 'silence half-way', fault: { kind: 'stall', afterBytes: MiB }, code: 'no-progress', slow: true },
  {
    name: 'silence for the response',
    fault: { kind: 'stall', direction: 'downstream' },
    code: 'no-progress',
    slow: true,
  },
  ...STORE_TRANSIENT,
  ...STORE_SIGNATURE,
  { name: '400 BadDigest', fault: error(400, 'BadDigest'), tolerates: 1, code: 'corrupt' },
  { name: '413 EntityTooLarge', fault: error(413, 'EntityTooLarge'), tolerates: 0, code: 'store-refused' },
];

/** Of a part alone. */
export const PART_FAILURES: readonly StoreFailure[] = [
  ...PUT_FAILURES,
  // The store loses the upload: its parts are gone, and so is the second one's if it comes to that.
  { name: '404 NoSuchUpload', fault: { kind: 'no_such_upload' }, tolerates: 1, code: 'upload-gone' },
];

/** Of parts whose sum is verified by the store. */
export const FLIP: StoreFailure = {
  name: 'bit flip',
  fault: { kind: 'bit_flip', where: 'received' },
  tolerates: 2,
  code: 'corrupt',
};

/** Of CreateMultipartUpload as an app's own signer has the page send it. */
export const PAGE_CREATE_FAILURES: readonly StoreFailure[] = [
  ...STORE_NETWORK,
  ...STORE_TRANSIENT,
  ...STORE_SIGNATURE,
  { name: 'silence', fault: { kind: 'stall' }, code: 'no-progress', slow: true },
];

/** Of CompleteMultipartUpload as an app's own signer has the page send it. */
export const PAGE_COMPLETE_FAILURES: readonly StoreFailure[] = [
  ...PAGE_CREATE_FAILURES,
  { name: '200 with an error', fault: { kind: 'complete_200_error' }, code: 'store-refused' },
  { name: '200 with an error, done', fault: { kind: 'complete_200_error', committed: true }, code: 'store-refused' },
  { name: '404 NoSuchUpload', fault: { kind: 'no_such_upload' }, tolerates: 1, code: 'upload-gone' },
  { name: '400 InvalidPart', fault: error(400, 'InvalidPart'), code: 'store-refused', tolerates: 3 },
];

/** Of what Portage's server asks of the store. What the store has against the server, no page can mend: it is a 5xx. */
export const SERVER_STORE_FAILURES: readonly StoreFailure[] = [
  ...STORE_NETWORK,
  ...STORE_TRANSIENT,
  { name: '403 AccessDenied', fault: error(403, 'AccessDenied'), code: 'store-refused' },
  { name: '403 ExpiredToken', fault: error(403, 'ExpiredToken'), code: 'store-refused' },
].map((failure) => ({ ...failure, code: 'server-refused' }));

export const SERVER_COMPLETE_FAILURES: readonly StoreFailure[] = [
  ...SERVER_STORE_FAILURES,
  { name: '200 with an error', fault: { kind: 'complete_200_error' }, code: 'server-refused' },
  { name: '200 with an error, done', fault: { kind: 'complete_200_error', committed: true }, code: 'server-refused' },
  { name: '404 NoSuchUpload', fault: { kind: 'no_such_upload' }, tolerates: 1, code: 'upload-gone' },
  { name: '400 InvalidPart', fault: error(400, 'InvalidPart'), tolerates: 3, code: 'server-refused' },
  { name: '400 BadDigest', fault: error(400, 'BadDigest'), tolerates: 2, code: 'corrupt' },
];
