/**
 * The backend of Uppy's own way: the app signs single S3 requests (`signRequest`), and the page itself creates, lists,
 * completes and aborts uploads with S3's XML.
 */
import type { Backend, Failure, Intent, Outcome, PartRequest, ReadyPart, Session } from '@portage/engine';
import type { StoredPart } from '@portage/protocol';
import { formLocation, lifeOf, storeFailure, withoutQuery } from '../sending/responses.ts';
import { steadyNow } from '../timer-clock.ts';
import { type HttpResponse, httpCall, SLOW_TIMEOUT, TIMEOUT } from './http-call.ts';
import type { PortageRequest, PresignableRequest, PresignedResponse, SignRequestFn } from './uppy-types.ts';

/** One call of `signRequest` per part, so a batch is only as large as what can soon be sent. */
const BATCH = 6;

export interface S3BackendOptions {
  readonly signRequest: SignRequestFn;
  /** Proposes the object's key; the signer may choose another. */
  readonly keyFor: (intent: Intent) => string;
}

type Signed = Outcome<PresignedResponse>;

export function createS3Backend({ signRequest, keyFor }: S3BackendOptions): Backend {
  async function sign(request: PresignableRequest): Promise<Signed> {
    try {
      return { ok: true, value: await withinTimeout(signRequest(request)) };
    } catch (cause) {
      if (cause instanceof NoResponse) return { ok: false, failure: { kind: 'stalled' } };
      return { ok: false, failure: callbackFailure(cause) };
    }
  }

  /** Signs a request and sends it; anything but 2xx is a failure. */
  async function ask(
    request: PortageRequest,
    { body, signal }: { body?: Uint8Array<ArrayBuffer>; signal?: AbortSignal } = {},
  ): Promise<Outcome<HttpResponse & { url: string; key: string }>> {
    const signed = await sign(request);
    if (!signed.ok) return signed;
    const { url, key } = signed.value;
    const { headers } = partRequest(request.method, signed.value, request.contentType);
    const init = { method: request.method, headers, ...(body !== undefined && { body }) };
    const timeout = 'uploadId' in request && request.method === 'POST' ? SLOW_TIMEOUT : undefined;
    const answer = await httpCall(url, init, signal, timeout);
    if (!answer.ok) return answer;
    const { status, ok, headers: answered, body: text } = answer.value;
    // S3 may answer 200 to Complete and tell of an error in the body.
    if (!ok || readXml(text)?.documentElement.tagName === 'Error') {
      return { ok: false, failure: storeFailure(ok ? 500 : status, answered.get('Retry-After'), text) };
    }
    return { ok: true, value: { ...answer.value, url, key: key?.trim() ? key : request.key } };
  }

  async function createMultipart(intent: Intent, partSize: number, signal: AbortSignal) {
    const contentType = intent.type || DEFAULT_TYPE;
    const answer = await ask({ method: 'POST', key: keyFor(intent), contentType }, { signal });
    if (!answer.ok) return answer;
    const root = readXml(answer.value.body)?.documentElement;
    const uploadId = root && textOf(root, 'UploadId');
    if (!uploadId) return invalid<never>();
    const { key, url } = answer.value;
    const parts = (!needsEqualParts(url) && intent.unequal) || { partSize };
    const session: Session = { kind: 'multipart', key, token: uploadId, ...parts, checksum: 'ETag' };
    return { ok: true, value: { session, requests: [] } } as const;
  }

  async function createSingle(intent: Intent) {
    const key = keyFor(intent);
    const ready = await signSingle(key, intent.type);
    if (!ready.ok) return ready;
    const { request, storedKey } = ready.value;
    const token = JSON.stringify({ type: intent.type, location: locationOf(request, storedKey) });
    const partSize = Math.max(1, intent.size);
    const session: Session = { kind: 'single', key: storedKey, token, partSize, checksum: 'ETag' };
    return { ok: true, value: { session, requests: [{ partNumber: 1, request }] } } as const;
  }

  async function signSingle(key: string, type: string): Promise<Outcome<{ request: PartRequest; storedKey: string }>> {
    const contentType = type || DEFAULT_TYPE;
    const signed = await sign({ method: 'PUT', key, contentType });
    if (!signed.ok) return signed;
    const { fields, key: signerKey } = signed.value;
    const storedKey = fields?.['key'] ?? (signerKey?.trim() ? signerKey : key);
    const request = partRequest(fields ? 'POST' : 'PUT', signed.value, contentType);
    return { ok: true, value: { request, storedKey } };
  }

  async function signPart({ kind, key, token }: Session, partNumber: number): Promise<Outcome<ReadyPart>> {
    if (kind === 'single') {
      const { type } = JSON.parse(token) as { type: string };
      const single = await signSingle(key, type);
      return single.ok ? { ok: true, value: { partNumber, request: single.value.request } } : single;
    }
    const signed = await sign({ method: 'PUT', key, uploadId: token, partNumber });
    if (!signed.ok) return signed;
    return { ok: true, value: { partNumber, request: partRequest('PUT', signed.value) } };
  }

  return {
    signBatch: BATCH,

    create: (intent, signal) =>
      intent.partSize === undefined ? createSingle(intent) : createMultipart(intent, intent.partSize, signal),

    async sign(session, partNumbers) {
      const signed = await Promise.all(partNumbers.map((partNumber) => signPart(session, partNumber)));
      const ready = signed.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
      const failed = signed.find((outcome) => !outcome.ok);
      // What was signed is good; what was not is asked for again.
      if (ready.length === 0 && failed && !failed.ok) return failed;
      return { ok: true, value: ready };
    },

    async listParts({ kind, key, token }, signal) {
      // Nobody can be asked for a single object: the app signs no HEAD.
      if (kind === 'single') return { ok: true, value: { kind: 'parts', parts: [] } };
      const parts: StoredPart[] = [];
      let marker: string | undefined;
      do {
        const request: PortageRequest = {
          method: 'GET',
          key,
          uploadId: token,
          ...(marker && { partNumberMarker: marker }),
        };
        const answer = await ask(request, { signal });
        if (!answer.ok) return answer;
        const page = readParts(answer.value.body);
        if (!page) return invalid();
        // The same page once more: the signer knows nothing of markers. A part that is not listed is sent again.
        if (marker && page.parts[0]?.partNumber === parts[0]?.partNumber) break;
        parts.push(...page.parts);
        marker = page.next;
      } while (marker);
      return { ok: true, value: { kind: 'parts', parts } };
    },

    async complete({ kind, key, token }, parts, _proof, signal) {
      if (kind === 'single') {
        const { location } = JSON.parse(token) as { location: string };
        return { ok: true, value: { key, location, etag: parts[0]?.etag } };
      }
      const request: PresignableRequest = { method: 'POST', key, uploadId: token };
      // As bytes: `fetch` gives a string a type, which nobody has signed.
      const answer = await ask(request, { body: new TextEncoder().encode(completeXml(parts)), signal });
      if (!answer.ok) return answer;
      const root = readXml(answer.value.body)?.documentElement;
      if (root?.tagName !== 'CompleteMultipartUploadResult') return invalid();
      const location = textOf(root, 'Location') ?? withoutQuery(answer.value.url);
      return { ok: true, value: { key: textOf(root, 'Key') ?? key, location, etag: textOf(root, 'ETag') } };
    },

    async abort({ kind, key, token }) {
      if (kind === 'single') return { ok: true, value: undefined };
      return ask({ method: 'DELETE', key, uploadId: token });
    },
  };
}

/** R2 completes no upload whose parts are of several sizes: https://developers.cloudflare.com/r2/objects/multipart-objects/ */
function needsEqualParts(url: string): boolean {
  return /\.r2\.cloudflarestorage\.com$/i.test(new URL(url, location.href).hostname);
}

function invalid<T>(): Outcome<T> {
  return { ok: false, failure: { kind: 'invalid-response' } };
}

const DEFAULT_TYPE = 'application/octet-stream';

class NoResponse extends Error {}

/** The app's `fetch` may never end: a connection can die without a word. */
async function withinTimeout<T>(answer: T | PromiseLike<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoResponse()), TIMEOUT);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/**
 * What a throwing `signRequest` means. `fetch` inside of it throws TypeErrors and DOMExceptions for want of a network, and
 * a gateway's page in place of JSON is a SyntaxError: those pass. An Error of the app is a refusal, unless it says otherwise
 * by `retryable`, or by a `status` that passes.
 */
export function callbackFailure(cause: unknown): Failure {
  const byNetwork =
    (cause instanceof TypeError && /fetch|network|load failed/i.test(cause.message)) ||
    (cause instanceof DOMException && ['AbortError', 'NetworkError', 'TimeoutError'].includes(cause.name));
  return byNetwork ? { kind: 'network', cause } : { kind: 'app-callback', cause, refused: isRefusal(cause) };
}

function isRefusal(cause: unknown): boolean {
  const { retryable, status } = Object(cause) as { retryable?: unknown; status?: unknown };
  if (typeof retryable === 'boolean') return !retryable;
  if (typeof status === 'number') return status >= 400 && status < 500 && status !== 408 && status !== 429;
  const isLanguages = [TypeError, SyntaxError, DOMException].some((type) => cause instanceof type);
  return cause instanceof Error && !isLanguages;
}

/** @param type - Of the object. Sent where the signature has it: some stores refuse what is not signed. */
function partRequest(method: string, { url, fields, headers = {} }: PresignedResponse, type?: string): PartRequest {
  const isType = (name: string) => name.toLowerCase() === 'content-type';
  // A form brings its own; another one would replace the form's boundary.
  const own = Object.entries(headers).filter(([name]) => !fields || !isType(name));
  const wanted = type !== undefined && !fields && signsType(url) && !own.some(([name]) => isType(name));
  return {
    method,
    url,
    headers: { ...(wanted && { 'Content-Type': type }), ...Object.fromEntries(own) },
    expiresAt: expiryOf(url),
    ...(fields && { fields }),
  };
}

function signsType(url: string): boolean {
  const names = /[?&]X-Amz-SignedHeaders=([^&#]*)/i.exec(url)?.[1] ?? '';
  return decodeURIComponent(names).split(';').includes('content-type');
}

/** By the page's clock, since the store's may differ. */
function expiryOf(url: string): number {
  return steadyNow() + lifeOf(url);
}

function locationOf({ url, fields }: PartRequest, key: string): string {
  return fields ? formLocation(url, key) : withoutQuery(url);
}

/** Undefined where it is no list of parts. */
function readParts(body: string): { parts: StoredPart[]; next: string | undefined } | undefined {
  const root = readXml(body)?.documentElement;
  if (root?.tagName !== 'ListPartsResult') return undefined;
  const parts = [...root.getElementsByTagName('Part')].map((part) => ({
    partNumber: Number(textOf(part, 'PartNumber')),
    etag: textOf(part, 'ETag') ?? '',
    size: Number(textOf(part, 'Size')),
  }));
  const more = textOf(root, 'IsTruncated') === 'true' && parts.length > 0;
  return { parts, next: more ? textOf(root, 'NextPartNumberMarker') : undefined };
}

function completeXml(parts: readonly StoredPart[]): string {
  const rows = parts.map(
    ({ partNumber, etag }) => `<Part><PartNumber>${partNumber}</PartNumber><ETag>${escapeXml(etag)}</ETag></Part>`,
  );
  return `<CompleteMultipartUpload>${rows.join('')}</CompleteMultipartUpload>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Undefined where it is not well-formed XML. */
function readXml(body: string): Document | undefined {
  const document = new DOMParser().parseFromString(body, 'application/xml');
  return document.querySelector('parsererror') ? undefined : document;
}

/** The text of the first element of that name inside `parent`. */
function textOf(parent: Element, name: string): string | undefined {
  return parent.getElementsByTagName(name)[0]?.textContent ?? undefined;
}
