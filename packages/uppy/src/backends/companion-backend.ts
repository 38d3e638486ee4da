/**
 * The backend of a Companion server: it signs the requests that send bytes, and itself makes the other calls of a
 * multipart upload.
 * @see https://uppy.io/docs/companion/#s3
 */
import type { Backend, Failure, Intent, Opened, Outcome, PartRequest, Session } from '@portage/engine';
import { MAX_PARTS, MAX_PARTS_PER_SIGN } from '@portage/protocol';
import { formLocation, lifeOf, pageRefusal, readRetryAfter, readS3Code } from '../sending/responses.ts';
import { steadyNow } from '../timer-clock.ts';
import { httpCall, SLOW_TIMEOUT } from './http-call.ts';

/** What Companion answers, as far as it is looked at. Nothing of it is certain. */
interface Answer {
  readonly url?: unknown;
  readonly fields?: Record<string, string>;
  readonly expires?: unknown;
  readonly key?: unknown;
  readonly uploadId?: unknown;
  readonly presignedUrls?: Record<string, unknown>;
  readonly location?: unknown;
  readonly error?: unknown;
}

export function createCompanionBackend({ companionEndpoint }: { companionEndpoint: string }): Backend {
  const base = `${companionEndpoint.replace(/\/+$/, '')}/s3`;
  /** Where a file that goes in one request is stored: each signature may name another place. By token. */
  const places = new Map<string, { key: string; location: string }>();
  let singles = 0;

  async function ask(path: string, init: RequestInit, signal?: AbortSignal, timeout?: number) {
    const answer = await httpCall(base + path, init, signal, timeout, 'server');
    if (!answer.ok) return answer;
    const { ok, status, headers, body } = answer.value;
    const value = parse(body);
    if (ok) return value ? ({ ok: true, value } as const) : invalid(body);
    const retryAfter = readRetryAfter(headers.get('Retry-After'));
    return { ok: false, failure: refusal(status, retryAfter, value) } as const;
  }

  const post = (path: string, body: object, signal: AbortSignal, timeout?: number) => {
    const headers = { 'Content-Type': 'application/json' };
    return ask(path, { method: 'POST', headers, body: JSON.stringify(body) }, signal, timeout);
  };

  /** @param token - holds what Companion is asked for. */
  async function signSingle(token: string, signal: AbortSignal): Promise<Outcome<PartRequest>> {
    const asked = steadyNow();
    const answer = await ask(`/params?${token.slice(token.indexOf(' ') + 1)}`, {}, signal);
    if (!answer.ok) return answer;
    const { url, fields, expires } = answer.value;
    const key = fields?.['key'];
    if (!isText(url) || !fields || !isText(key)) return invalid(answer.value);
    places.set(token, { key, location: formLocation(url, key) });
    const life = typeof expires === 'number' ? expires * 1000 : Number.POSITIVE_INFINITY;
    return { ok: true, value: { method: 'POST', url, fields, headers: {}, expiresAt: asked + life } };
  }

  async function createSingle({ name, type, size, meta }: Intent, signal: AbortSignal): Promise<Outcome<Opened>> {
    singles += 1;
    const fields = Object.entries(meta).map(([field, value]) => [`metadata[${field}]`, value]);
    const token = `${singles} ${new URLSearchParams([['filename', name], ['type', type || DEFAULT_TYPE], ...fields])}`;
    const signed = await signSingle(token, signal);
    if (!signed.ok) return signed;
    const key = places.get(token)?.key ?? name;
    const session: Session = { kind: 'single', key, token, partSize: Math.max(1, size), checksum: 'ETag' };
    return { ok: true, value: { session, requests: [{ partNumber: 1, request: signed.value }] } };
  }

  async function createMultipart(intent: Intent, partSize: number, signal: AbortSignal): Promise<Outcome<Opened>> {
    const { name, type, meta } = intent;
    const answer = await post('/multipart', { filename: name, type: type || DEFAULT_TYPE, metadata: meta }, signal);
    if (!answer.ok) return answer;
    const { key, uploadId } = answer.value;
    if (!isText(key) || !isText(uploadId)) return invalid(answer.value);
    const session: Session = { kind: 'multipart', key, token: uploadId, partSize, checksum: 'ETag' };
    return { ok: true, value: { session, requests: [] } };
  }

  async function signParts({ key, token }: Session, partNumbers: readonly number[], signal?: AbortSignal) {
    const asked = steadyNow();
    const answer = await ask(pathOf(token, '/batch', { key, partNumbers: partNumbers.join() }), {}, signal);
    if (!answer.ok) return answer;
    const urls = Object.entries(answer.value.presignedUrls ?? {});
    const value = urls.flatMap(([partNumber, url]) => {
      if (!isText(url)) return [];
      const request: PartRequest = { method: 'PUT', url, headers: {}, expiresAt: asked + lifeOf(url) };
      return [{ partNumber: Number(partNumber), request }];
    });
    return value.length > 0 ? ({ ok: true, value } as const) : invalid(answer.value);
  }

  /**
   * Companion answers 500 to whatever the store refuses. Whether the store has forgotten the upload is asked of the store
   * itself, with an empty part of the last number: nobody completes an upload with it.
   */
  async function whyOf(failure: Failure, session: Session, signal: AbortSignal): Promise<Outcome<never>> {
    const refused = { ok: false, failure } as const;
    if (!('status' in failure) || failure.status !== 500) return refused;
    const signed = await signParts(session, [MAX_PARTS], signal);
    const url = signed.ok && signed.value[0]?.request.url;
    if (!url) return refused;
    const answer = await httpCall(url, { method: 'PUT', body: '' }, signal);
    const code = answer.ok && !answer.value.ok ? readS3Code(answer.value.body) : undefined;
    if (!answer.ok || code !== 'NoSuchUpload') return refused;
    return { ok: false, failure: { kind: 'store', status: answer.value.status, code } };
  }

  return {
    signBatch: MAX_PARTS_PER_SIGN,

    create: (intent, signal) =>
      intent.partSize === undefined ? createSingle(intent, signal) : createMultipart(intent, intent.partSize, signal),

    async sign(session, partNumbers, signal) {
      if (session.kind === 'multipart') return signParts(session, partNumbers, signal);
      const signed = await signSingle(session.token, signal);
      return signed.ok ? { ok: true, value: [{ partNumber: 1, request: signed.value }] } : signed;
    },

    async listParts(session, signal) {
      const { kind, key, token } = session;
      // Companion can list parts only.
      if (kind === 'single') return { ok: true, value: { kind: 'parts', parts: [] } };
      const answer = await ask(pathOf(token, '', { key }), {}, signal);
      if (!answer.ok) return whyOf(answer.failure, session, signal);
      const listed: unknown = answer.value;
      if (!Array.isArray(listed)) return invalid(listed);
      const parts = listed.map((part) => {
        const { PartNumber, ETag, Size } = Object(part) as Record<string, unknown>;
        return { partNumber: Number(PartNumber), etag: String(ETag), size: Number(Size) };
      });
      return { ok: true, value: { kind: 'parts', parts: parts.filter(({ size }) => size > 0) } };
    },

    async complete(session, parts, _proof, signal) {
      const { kind, key, token } = session;
      if (kind === 'single') {
        const place = places.get(token) ?? { key, location: '' };
        places.delete(token);
        return { ok: true, value: { ...place, etag: parts[0]?.etag } };
      }
      const body = { parts: parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag })) };
      const answer = await post(pathOf(token, '/complete', { key }), body, signal, SLOW_TIMEOUT);
      if (!answer.ok) return whyOf(answer.failure, session, signal);
      const { location, key: stored } = answer.value;
      if (!isText(location)) return invalid(answer.value);
      return { ok: true, value: { key: isText(stored) ? stored : key, location, etag: undefined } };
    },

    async abort({ kind, key, token }) {
      places.delete(token);
      if (kind === 'single') return { ok: true, value: undefined };
      return ask(pathOf(token, '', { key }), { method: 'DELETE' });
    },
  };
}

const DEFAULT_TYPE = 'application/octet-stream';

function pathOf(uploadId: string, step: string, query: Record<string, string>): string {
  return `/multipart/${encodeURIComponent(uploadId)}${step}?${new URLSearchParams(query)}`;
}

/** Companion says `{ error }` where it is not set up for what is asked; other refusals are pages. */
function refusal(status: number, retryAfter: number | undefined, answer: Answer | undefined): Failure {
  const said = answer?.error;
  if (status !== 400 || !isText(said)) return pageRefusal(status, retryAfter);
  return {
    kind: 'server',
    status,
    code: 'bad-request',
    message: `The upload server refused the upload: ${said}`,
    hint: 'Tell the owner of this page.',
  };
}

function invalid(answer: unknown): Outcome<never> {
  const cause = new TypeError(`Not a response from Companion: ${JSON.stringify(answer)?.slice(0, 200)}`);
  return { ok: false, failure: { kind: 'invalid-response', cause } };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Undefined where it is no JSON object. */
function parse(body: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
