/** The backend of Portage's own upload server: the wire contract over `fetch`. */
import type { Backend, Failure, Intent, Opened, Outcome, Session } from '@portage/engine';
import {
  type CompleteResponse,
  type CreateResponse,
  MAX_COMPLETES,
  MAX_PARTS_PER_SIGN,
  type Operation,
  type Renewed,
} from '@portage/protocol';
import { arriving } from '../arriving.ts';
import { isBlob, isGzip } from '../file-data.ts';
import type { PacksDoor } from '../packs/packs-types.ts';
import type { CreateCall } from '../regions/regional-types.ts';
import { readRetryAfter } from '../sending/responses.ts';
import { tellDeveloper } from '../sending/tell-developer.ts';
import { steadyNow, within } from '../timer-clock.ts';
import { httpCall, SLOW_TIMEOUT, TIMEOUT } from './http-call.ts';
import { inBatches } from './in-batches.ts';
import { completed, opened, readyPart, refusal, saysSignedOut, type WireResponse } from './wire-outcomes.ts';
import {
  type Check,
  isAbortResponse,
  isCompleteAllResponse,
  isCompleteResponse,
  isCreateResponse,
  isPartsResponse,
  isSignResponse,
} from './wire-responses.ts';

export interface WireBackendOptions {
  /** Address of the upload server, such as `/api/uploads`. */
  endpoint: string;
  /** @default 'files' */
  route?: string;
  /** Sent with every call, to say who is asking. @default none */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** Whether cookies go to a server of another origin. @default 'same-origin' */
  credentials?: RequestCredentials | undefined;
  /** The only region that files go to. @default the nearest */
  region?: string | undefined;
}

/** Calls to complete small files under way at once: those that are stored meanwhile go together in the next. */
const COMPLETES_AT_ONCE = 2;

/**
 * Calls to create small files under way at once, where files travel in packs and thousands are open. More would wait in the browser,
 * which has six connections to the upload server, and the calls about packs behind them.
 */
const CREATES_AT_ONCE = 2;

/** Files wait for the code that looks into them for so long, in milliseconds. */
const LOOKING = 10_000;

/** So many small files may be a pack. Fewer are not kept waiting for its code. */
const ENOUGH = 8;

/** One upload to complete, and the address of its server. */
interface Completing {
  readonly base: string;
  readonly body: object;
  /** Whoever waits for it. */
  readonly signal: AbortSignal;
}

/** More would make the response long to wait for, and sign requests long before they are sent. */
const FILES_PER_CREATE = 50;

/**
 * @param options - `headers` and `credentials` are read at each call, `endpoint` and `route` at each create: an upload stays
 * with the server that began it.
 * @param onRenewed - hears of a fresh token, to keep in place of the one that was over.
 * @param fileOf - finds a file by its id, to look into it before it is sent.
 * @param regions - makes each create call, where there may be several to choose from.
 * @param packing - hears where small files may travel together.
 */
export function createWireBackend(
  options: WireBackendOptions,
  onRenewed?: (before: string, after: string) => void,
  fileOf?: (id: string) => { readonly data?: unknown; readonly meta?: object } | undefined,
  regions?: { create(call: CreateCall): Promise<Outcome<CreateResponse>> },
  packing?: Pick<PacksDoor, 'offer' | 'pays'>,
): Backend {
  const currentBase = () => `${options.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(options.route ?? 'files')}`;
  /** Where uploads were begun, by the token of their session. */
  const bases = new Map<string, string>();
  const baseOf = (token: string) => bases.get(token) ?? currentBase();

  /** Fresh tokens of uploads that took long, by the token of their session. */
  const renewals = new Map<string, string>();
  const current = (token: string) => renewals.get(token) ?? token;

  function renew(token: string, renewed: Renewed | undefined): void {
    if (!renewed) return;
    onRenewed?.(current(token), renewed.token);
    renewals.set(token, renewed.token);
  }

  async function send(
    base: string,
    operation: Operation,
    body: object,
    signal?: AbortSignal,
  ): Promise<Outcome<WireResponse>> {
    const { headers, credentials } = options;
    const given = new Headers(typeof headers === 'function' ? await headers() : headers);
    given.set('Content-Type', 'application/json');
    const init = { method: 'POST', headers: given, body: JSON.stringify(body), ...(credentials && { credentials }) };
    const timeout = /^(?:complete|unpack)$/.test(operation) ? SLOW_TIMEOUT : TIMEOUT;
    // So that the server's own waiting ends before the page's.
    given.set('Portage-Timeout', String(timeout));
    const outcome = await httpCall(`${base}/${operation}`, init, signal, timeout, 'server');
    if (!outcome.ok) return outcome;
    const { status, ok, headers: received, body: text } = outcome.value;
    const retryAfter = readRetryAfter(received.get('Retry-After'));
    return { ok: true, value: { status, ok, retryAfter, text, json: parseJson(text) } };
  }

  async function call<T>(
    base: string,
    operation: Operation,
    body: object,
    check: Check<T>,
    signal?: AbortSignal,
  ): Promise<Outcome<T>> {
    let outcome = await send(base, operation, body, signal);
    // A token that was over: asked again, the app's function has a fresh one.
    if (outcome.ok && typeof options.headers === 'function' && saysSignedOut(outcome.value))
      outcome = await send(base, operation, body, signal);
    if (!outcome.ok) return outcome;
    const { status, ok, json, text } = outcome.value;
    if (!ok) return { ok: false, failure: refusal(outcome.value, base) };
    if (check(json)) return { ok: true, value: json };
    tellDeveloper({ by: 'page', origin: base, status });
    const cause = new TypeError(`Not a response to ${operation}: ${text.slice(0, 200)}`);
    return { ok: false, failure: { kind: 'invalid-response', cause } };
  }

  /** Calls under way to create files. */
  let creating = 0;
  /** Files in one call: fewer where the route says so. */
  let most = FILES_PER_CREATE;

  async function create(intents: readonly Intent[], signal: AbortSignal): Promise<readonly Outcome<Opened>[]> {
    const asked = steadyNow();
    const base = currentBase();
    const body = {
      files: intents.map((intent) => fileIntent(intent, fileOf?.(intent.id)?.meta)),
      region: options.region,
    };
    const send = (body: object) => call(base, 'create', body, isCreateResponse, signal);
    creating += 1;
    const outcome = await (regions ? regions.create({ body, intents, send, current }) : send(body)).finally(() => {
      creating -= 1;
    });
    if (outcome.ok) {
      const { files, accept, packs } = outcome.value;
      for (const file of files) if ('token' in file) bases.set(file.token, base);
      const offered = packs && packing?.offer({ ...packs, base, baseOf, call, isMoreComing: () => creating > 0 });
      if (intents.length >= ENOUGH) await offered;
      return Promise.all(
        intents.map((intent, index) => lookInside(opened(files[index], intent, asked, outcome.value), intent, accept)),
      );
    }
    if (intents.length === 1 || !isOfBatch(outcome.failure)) return intents.map(() => outcome);
    const half = Math.ceil(intents.length / 2);
    if (outcome.failure.code === 'too-many-files') most = Math.min(most, half);
    const halves = [intents.slice(0, half), intents.slice(half)];
    return (await Promise.all(halves.map((files) => create(files, signal)))).flat();
  }

  /** A file that the server would refuse once it is stored is refused before it is sent. */
  async function lookInside(
    outcome: Outcome<Opened>,
    intent: Intent,
    accept: readonly string[] | undefined,
  ): Promise<Outcome<Opened>> {
    const data = accept && outcome.ok && fileOf?.(intent.id)?.data;
    if (!accept || !outcome.ok || !isBlob(data)) return outcome;
    // Where the code does not arrive, the server will tell.
    const looking = await within(
      LOOKING,
      arriving(import('./look-inside.ts')).catch(() => undefined),
    );
    if (!looking || looking === 'late') return outcome;
    const failure = await looking.refusalOf(data, intent, accept, isGzip(fileOf?.(intent.id)?.meta));
    if (!failure) return outcome;
    // Nobody waits for it: what is begun at the store is removed sooner or later.
    abort(outcome.value.session).catch(() => undefined);
    return { ok: false, failure };
  }
  async function abort({ token }: Session): Promise<Outcome<unknown>> {
    const base = baseOf(token);
    bases.delete(token);
    return call(base, 'abort', { token: current(token) }, isAbortResponse);
  }
  const createSmall = inBatches(
    () => most,
    create,
    () => (packing?.pays() ? CREATES_AT_ONCE : Number.POSITIVE_INFINITY),
  );
  /** Uploads in one call; one where the server knows no such call. */
  let together = MAX_COMPLETES;

  const complete = ({ base, body, signal }: Completing) => call(base, 'complete', body, isCompleteResponse, signal);

  async function completeAll(all: readonly Completing[], signal: AbortSignal): Promise<Outcome<CompleteResponse>[]> {
    const each = () => Promise.all(all.map(complete));
    const { base = '' } = all[0] ?? {};
    if (all.length === 1 || all.some((one) => one.base !== base)) return each();
    let sent = all;
    const body = {
      /** Read when the headers are there: a file that was canceled meanwhile must not be stored. */
      get uploads() {
        sent = all.filter((one) => !one.signal.aborted);
        return sent.map((one) => one.body);
      },
    };
    const outcome = await call(base, 'complete', body, isCompleteAllResponse, signal);
    if (outcome.ok) return all.map((one) => completed(outcome.value.uploads[sent.indexOf(one)]));
    if (!isOfBatch(outcome.failure)) return all.map(() => outcome);
    together = 1;
    return each();
  }
  const completeSmall = inBatches(
    () => together,
    completeAll,
    () => (together > 1 ? COMPLETES_AT_ONCE : Number.POSITIVE_INFINITY),
  );

  return {
    signBatch: MAX_PARTS_PER_SIGN,

    // A file in parts is worth a call of its own: its first parts are signed with it, and the store is asked to begin it.
    async create(intent, signal) {
      if (intent.partSize === undefined) return createSmall(intent, signal);
      return (await create([intent], signal))[0] as Outcome<Opened>;
    },

    async sign({ token }, parts, signal) {
      const asked = steadyNow();
      const outcome = await call(baseOf(token), 'sign', { token: current(token), parts }, isSignResponse, signal);
      if (!outcome.ok) return outcome;
      renew(token, outcome.value.renewed);
      return { ok: true, value: outcome.value.requests.map((part) => readyPart(part, asked)) };
    },

    async listParts({ token }, signal) {
      const base = baseOf(token);
      const outcome = await call(base, 'parts', { token: current(token) }, isPartsResponse, signal);
      if (!outcome.ok) return outcome;
      bases.set(token, base);
      const { parts, whole, renewed } = outcome.value;
      renew(token, renewed);
      return { ok: true, value: whole ? { kind: 'whole' } : { kind: 'parts', parts } };
    },

    async complete({ token }, stored, proof, signal) {
      const parts = stored.map(({ partNumber, etag }) => ({ partNumber, etag }));
      const asked = { base: baseOf(token), body: { token: current(token), parts, ...proof }, signal };
      const outcome = await (parts.length === 1 ? completeSmall(asked, signal) : complete(asked));
      if (outcome.ok) bases.delete(token);
      return outcome;
    },

    abort,
  };
}

/** @param said - All that Uppy knows of the file, also what the app keeps from the server: bytes have to be called what they are. */
function fileIntent({ id, priority, ...intent }: Intent, said: object = {}) {
  return { ...intent, contentEncoding: isGzip(said) ? 'gzip' : undefined };
}

/** A call that was refused for its length, or for what one of its files says: in smaller calls the others may pass. */
function isOfBatch(failure: Failure): failure is Extract<Failure, { kind: 'server' }> {
  return failure.kind === 'server' && [400, 413].includes(failure.status);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
