/** One small request by `fetch`, with an end to waiting. */
import type { Hidden, Outcome } from '@portage/engine';
import { isAsked } from '../sending/asks.ts';
import { watchResponse } from '../sending/hidden-responses.ts';
import { tellDeveloper, tellHidden } from '../sending/tell-developer.ts';

/** A call that was not answered by then has failed, in milliseconds: its connection may be dead without a word. */
export const TIMEOUT = 15_000;
/** The same where a store may have to put 10,000 parts together first. Asked again, it goes on with that. */
export const SLOW_TIMEOUT = 30_000;

export interface HttpResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Every response is a success here, whatever its status; a failure is to have none.
 * @param of - Whose address it is.
 */
export async function httpCall(
  url: string,
  init: RequestInit,
  signal?: AbortSignal,
  timeout = TIMEOUT,
  of: Hidden['of'] = 'store',
): Promise<Outcome<HttpResponse>> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  let timedOut = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expect = () => {
    timer = setTimeout(() => {
      // What is held while the browser asks for a permission is not late.
      if (isAsked()) return expect();
      timedOut = true;
      stop();
    }, timeout);
  };
  expect();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const watched = watchResponse(url);
  const ask = (redirect?: RequestRedirect) =>
    fetch(url, { ...init, ...(redirect && { redirect }), signal: controller.signal });
  try {
    let response = await ask(of === 'server' ? 'manual' : undefined);
    if (response.type === 'opaqueredirect') response = await followed(ask, url, controller.signal);
    const { status, ok, headers } = response;
    watched.wasRead();
    return { ok: true, value: { status, ok, headers, body: await response.text() } };
  } catch (cause) {
    if (timedOut) return { ok: false, failure: { kind: 'stalled' } };
    const hidden = signal?.aborted ? undefined : await watched.hiddenBy(signal);
    tellHidden(hidden);
    return { ok: false, failure: { kind: 'network', cause, hidden: hidden && { ...hidden, of } } };
  } finally {
    clearTimeout(timer);
    watched.end();
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Whoever is signed out is often led to where people sign in: a page in place of what was asked for, or one of another origin,
 * which this page may not read. That is a 401, too.
 */
async function followed(ask: () => Promise<Response>, url: string, signal: AbortSignal): Promise<Response> {
  // Twice: the network may have lost the first.
  const response = await ask()
    .catch(ask)
    .catch(() => undefined);
  signal.throwIfAborted();
  if (response && /json/.test(response.headers.get('Content-Type') ?? '')) return response;
  tellDeveloper({ by: 'redirect', origin: url });
  return new Response(null, { status: 401 });
}
