import { hashPayload } from '@portage/protocol/sigv4';
import { StoreError, type StoreErrorReason } from '../errors.ts';
import type { CurrentSigner } from './credentials.ts';
import type { StoreClock } from './store-clock.ts';
import { parseError } from './xml.ts';

export interface ClientOptions {
  signers: () => Promise<CurrentSigner>;
  fetch: typeof fetch;
  clock: StoreClock;
  /** Of this machine, in milliseconds since the epoch. */
  machine: () => number;
}

export interface S3Call {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** SHA-256 of the body in hex, where it is known. @default computed here */
  sha256?: string;
  /** Bytes of a response that are read, where it is longer: a store that knows no ranges answers with the whole. */
  most?: number;
  /** Longest time until the whole answer is there, in milliseconds. */
  timeout: number;
  /** Ends the call sooner: nobody waits for its response any more. */
  signal?: AbortSignal | undefined;
  /** For messages. */
  operation: string;
}

export interface S3Answer {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
  /** The same as text. */
  text: string;
}

/** Sends one signed request; resolves with a 2xx answer. */
export type S3Client = (call: S3Call) => Promise<S3Answer>;

/**
 * There is no second attempt here: the browser owns the only retry loop, so that retries do not multiply. The exception is
 * a signature of another time than the store's: that was learnt by the refusal.
 * @throws StoreError for everything but a 2xx without an `<Error>` in it.
 */
export function createClient({ signers, fetch, clock, machine }: ClientOptions): S3Client {
  return async (call) => {
    const before = clock.skew();
    const first = await attempt(call);
    const isSkewed = first instanceof StoreError && first.message.includes('RequestTimeTooSkewed');
    const answer = isSkewed && clock.skew() !== before ? await attempt(call) : first;
    if (answer instanceof StoreError) throw answer;
    return answer;
  };

  async function attempt(call: S3Call): Promise<S3Answer | StoreError> {
    const { method, url, headers = {}, body = '', timeout, operation, most } = call;
    const { sha256 = hashPayload(body) } = call;
    const { signer } = await signers();
    const signed = signer.sign({ method, url, headers, payloadHash: sha256, at: clock.now() });
    const sentAt = machine();
    let answer: S3Answer;
    try {
      const response = await fetch(signed.url, {
        method,
        // A proxy that compresses a response takes its content-length away, which is what HEAD is for.
        headers: { ...signed.headers, 'accept-encoding': 'identity' },
        // As bytes, because fetch gives a string a Content-Type, and some stores refuse one that is not signed.
        ...(body !== '' && { body: bytesOf(body) }),
        redirect: 'manual',
        signal: endOf(call),
      });
      clock.learn(response.headers.get('date'), sentAt);
      const bytes = await readBytes(response, most);
      answer = { status: response.status, headers: response.headers, bytes, text: new TextDecoder().decode(bytes) };
    } catch (cause) {
      const why = call.signal?.aborted ? 'the time of the call was over' : `it took over ${timeout} ms`;
      return new StoreError('unavailable', `${operation}: the store could not be reached, or ${why}.`, cause);
    }
    // What somebody uploaded is not a response of the store's, whatever it looks like.
    const isContent = operation === 'GetObject' && answer.status < 300;
    const error = isContent ? undefined : parseError(answer.text);
    if (answer.status >= 200 && answer.status < 300 && error === undefined) return answer;
    return new StoreError(
      reasonOf(answer, error?.code ?? '', method),
      // In one line, and not a long one: what answers may be anything.
      `${operation}: the store answered ${answer.status} ${error?.code ?? ''} ${error?.message ?? ''}`
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim()
        .slice(0, MAX_MESSAGE),
    );
  }
}

const bytesOf = (body: string | Uint8Array<ArrayBuffer>) =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body;

function endOf({ timeout, signal }: S3Call): AbortSignal {
  const own = AbortSignal.timeout(timeout);
  return signal === undefined || AbortSignal.any === undefined ? own : AbortSignal.any([own, signal]);
}

/** Longest answer that a store has reason to give: a list of 1,000 uploads, whose keys are encoded. In bytes. */
const MAX_ANSWER = 8 * 1024 * 1024;

/** Longest message of the store's that goes into an error, and from there into the log. In characters. */
const MAX_MESSAGE = 300;

/** @throws RangeError for a response that has no end in sight. */
async function readBytes(response: Response, most = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the rest.
  for await (const bytes of response.body ?? []) {
    read.push(bytes.subarray(0, most - length));
    length = Math.min(length + bytes.length, most);
    if (length >= most) break;
    if (length > MAX_ANSWER) throw new RangeError(`The answer has over ${MAX_ANSWER} bytes.`);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const bytes of read) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

const REASONS: Readonly<Record<string, StoreErrorReason>> = {
  NoSuchUpload: 'no-such-upload',
  // Ceph's ListParts after an abort.
  NoSuchKey: 'no-such-upload',
  InvalidPart: 'invalid-parts',
  InvalidPartOrder: 'invalid-parts',
  EntityTooSmall: 'invalid-parts',
  // What was wrong with the XML can only be an ETag of the browser's.
  MalformedXML: 'invalid-parts',
  BadDigest: 'checksum-mismatch',
  PreconditionFailed: 'taken',
  ConditionalRequestConflict: 'unavailable',
  OperationAborted: 'unavailable',
  RequestTimeout: 'unavailable',
  SlowDown: 'unavailable',
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function reasonOf({ status, headers }: S3Answer, code: string, method: S3Call['method']): StoreErrorReason {
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  if (known !== undefined) return known;
  // Without S3's own words it is a page of somebody else: of a proxy, or of an ingress that is being set up anew. The response
  // to a HEAD has no words, but stores number their responses.
  if (status === 404 && code === '')
    return method === 'HEAD' && (headers.has('x-amz-request-id') || !isPage(headers))
      ? 'no-such-upload'
      : 'unavailable';
  // Of a response to a read, no more is read than was asked for.
  if (status === 412) return 'taken';
  // 2xx: Complete may fail after its status line is sent, and then says so in the body alone.
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
  return status >= 500 || status < 300 || status === 408 || status === 429 ? 'unavailable' : 'refused';
}

const isPage = (headers: Headers) => /html/i.test(headers.get('content-type') ?? '');
