/**
 * One request by XMLHttpRequest, which unlike `fetch` tells how much of a body is sent. On a page or in a worker: what
 * comes back is plain data, to be read where there is a DOM.
 */
import type { Failure, PartRequest } from '@portage/engine';
import type { makeWay } from './dead-connections.ts';
import type { Body } from './file-range.ts';
import { troubleOf } from './file-trouble.ts';
import type { watchResponse } from './hidden-responses.ts';

/** What a store answered. */
export interface XhrResponse {
  readonly status: number;
  readonly etag: string | null;
  readonly contentType: string | null;
  readonly retryAfter: string | null;
  readonly text: string;
}

export type XhrOutcome =
  | { readonly ok: true; readonly value: XhrResponse }
  | { readonly ok: false; readonly failure: Failure };

export interface XhrAttempt {
  readonly request: PartRequest;
  readonly body: Body;
  /** Called with the bytes of the body sent so far. */
  readonly onProgress: (loaded: number) => void;
  /** Connections that are open may be dead. */
  readonly afterSilence: boolean;
}

/**
 * What looks after connections and responses. Handed over, not imported: the code that uploads has it on a page, and would
 * otherwise import a chunk that both share, which may not arrive.
 */
export interface Lookout {
  readonly makeWay: typeof makeWay;
  readonly watchResponse: typeof watchResponse;
}

export async function sendByXhr(
  attempt: XhrAttempt,
  signal: AbortSignal,
  { makeWay, watchResponse }: Lookout,
): Promise<XhrOutcome> {
  if (attempt.afterSilence) await makeWay(attempt.request.url, signal);
  // What was held goes on, or fails, by itself; where it does not, as when the person decides in the settings, it is over.
  const decided = new AbortController();
  const watched = watchResponse(attempt.request.url, () => setTimeout(() => decided.abort(), DECIDED));
  return send(attempt, watched, signal, decided.signal).finally(watched.end);
}

function send(
  { request, body, onProgress }: XhrAttempt,
  { wasRead, lives, hiddenBy }: ReturnType<typeof watchResponse>,
  signal: AbortSignal,
  decided: AbortSignal,
): Promise<XhrOutcome> {
  return new Promise<XhrOutcome>((resolve) => {
    const xhr = new XMLHttpRequest();
    const settle = (outcome: XhrOutcome) => {
      signal.removeEventListener('abort', abort);
      stopWatching();
      resolve(outcome);
    };
    const fail = (failure: Failure) => settle({ ok: false, failure });
    const end = (failure: Failure) => {
      fail(failure);
      xhr.abort();
    };
    const abort = () => end({ kind: 'network' });
    let heard = true;
    let looks = 0;
    let moved = false;
    const stopWatching = watch(async () => {
      looks += 1;
      if (!heard && looks % WORD_EVERY === 0) keepAlive();
      const trouble = heard ? undefined : await troubleOf(body);
      heard = false;
      if (trouble) end(trouble);
    });

    xhr.upload.onprogress = (event) => {
      heard = true;
      moved = true;
      lives();
      onProgress(bodyBytes(event, body, request));
    };
    // No progress: behind a service worker that answers, Firefox (153) fires it with the response. One that is comes before.
    xhr.upload.onload = stopWatching;
    xhr.onload = async () => {
      wasRead();
      const value = responseOf(xhr);
      const trouble = saysCutShort(value) ? await troubleOf(body) : undefined;
      if (trouble) fail(trouble);
      else settle({ ok: true, value });
    };
    const lose = async () => {
      const trouble = await troubleOf(body);
      end(trouble ?? { kind: 'network', hidden: await hiddenBy(signal, moved ? body : undefined) });
    };
    xhr.onerror = lose;

    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    decided.addEventListener('abort', () => moved || lose());
    try {
      xhr.open(request.method, request.url);
      for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
      xhr.send(request.fields ? postForm(request.fields, body) : body);
    } catch (cause) {
      // An address or a header that no browser takes is a bug of whoever signed the request.
      fail({ kind: 'app-callback', cause });
    }
  });
}

function responseOf(xhr: XMLHttpRequest): XhrResponse {
  const { status } = xhr;
  const header = (name: string) => xhr.getResponseHeader(name);
  return {
    status,
    etag: header('ETag'),
    contentType: header('Content-Type'),
    // Chromium complains on the console of a header that may not be read; stores expose this one to nobody.
    retryAfter: status < 400 ? null : header('Retry-After'),
    text: xhr.responseText,
  };
}

/** The body of an S3 POST policy. `file` comes last: S3 ignores fields behind it. */
function postForm(fields: NonNullable<PartRequest['fields']>, body: Body): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([body]));
  return form;
}

/** A form's envelope counts as sent bytes too; it is taken out in proportion. */
function bodyBytes(event: ProgressEvent, body: Body, request: PartRequest): number {
  if (!request.fields || event.total === 0) return event.loaded;
  return Math.round((event.loaded / event.total) * ('size' in body ? body.size : body.byteLength));
}

/** The store got less than it was promised. The network does that, and a file that has become shorter. */
function saysCutShort({ status, text }: XhrResponse): boolean {
  return status === 400 && text.includes('<Code>IncompleteBody<');
}

/** A request that was held has to move so soon once the person has decided, in milliseconds. */
const DECIDED = 2_000;
/** How often a body that does not move is looked at. In milliseconds. */
const LOOK_EVERY = 2_000;

/** After so many looks at a body that does not move, a service worker in between is given a word. */
const WORD_EVERY = 10;

/** Firefox (153) ends a service worker that has had no event for a minute, and with it the requests that it is answering. */
function keepAlive(): void {
  navigator.serviceWorker?.controller?.postMessage({ type: 'keep-alive' });
}

/** Firefox (153) waits for ever for the bytes of a file that was cut short or deleted, and so does the request. */
function watch(look: () => void): () => void {
  const timer = setInterval(look, LOOK_EVERY);
  return () => clearInterval(timer);
}
