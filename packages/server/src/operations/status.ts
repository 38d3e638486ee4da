import { StoreError } from '../errors.ts';
import { notFound } from '../http/json-response.ts';
import type { FileToProcess, Processing, ProcessingProgress } from '../processing.ts';
import { singles } from '../regions/singles.ts';
import type { Storage } from '../storage.ts';
import type { StatusClaims } from '../token/status-claims.ts';
import { invalidToken } from '../token/tokens.ts';
import type { ResolvedRoute, Service } from './call.ts';

/** What is asked about: a file in its pipeline. */
export interface Asking {
  readonly processing: Processing;
  readonly pipeline: string;
  readonly file: FileToProcess;
}

/**
 * The file that a token is of.
 * @throws UploadsError `invalid-token`, also of another user's file; `not-found` where the route's files are not processed.
 */
export function openStatus(service: Service, route: ResolvedRoute, userId: string, token: string | null): Asking {
  const { processing, statusTokens } = service;
  const { process: pipeline } = route;
  if (processing === undefined || pipeline === undefined) throw notFound();
  const claims = openFor(statusTokens, token ?? '', singles(route.storage));
  if (claims.route !== route.name || claims.userId !== userId) throw invalidToken();
  const { key, etag, size, type, name } = claims;
  return { processing, pipeline, file: { key, etag, size, type, name } };
}

/** Of several stores, the one under whose name it is sealed. @throws UploadsError `invalid-token`. */
function openFor(
  tokens: Service['statusTokens'],
  token: string,
  [storage, ...others]: readonly Storage[],
): StatusClaims {
  try {
    return tokens.open(token, storage?.place ?? '');
  } catch (error) {
    if (others.length === 0) throw error;
    return openFor(tokens, token, others);
  }
}

/** How far it is. @throws StoreError where store or queue do not answer. */
export async function statusOf({ processing, pipeline, file }: Asking): Promise<ProcessingProgress> {
  try {
    return await processing.status(pipeline, file);
  } catch (cause) {
    throw new StoreError('unavailable', 'Nobody can say now how far the processing is.', cause);
  }
}

/** How often a file is looked at whose worker is another process, in milliseconds: a little later each time. */
const SOONEST = 500;
const LATEST = 5_000;

/** How long one stream of events is, in milliseconds; then the page asks for the next one. */
const LONGEST = 5 * 60_000;

/** A comment is sent this often, in milliseconds, so that proxies do not take the connection for dead. */
const SIGN_OF_LIFE = 15_000;

/**
 * Server-sent events: how far the file is, now and whenever that changes; the last one has the state `done` or `failed`.
 * @param isEnding Whether the server wants to end.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function statusEvents(asking: Asking, first: ProcessingProgress, isEnding: () => boolean): Response {
  const left = new AbortController();
  const text = new TextEncoder();
  async function* events(): AsyncGenerator<string> {
    const began = Date.now();
    let status = first;
    let sent = '';
    let toldAt = began;
    let wait = SOONEST;
    while (!left.signal.aborted && !isEnding() && Date.now() - began < LONGEST) {
      const json = JSON.stringify(status);
      if (json !== sent) {
        yield `data: ${json}\n\n`;
        [sent, toldAt, wait] = [json, Date.now(), SOONEST];
      } else if (Date.now() - toldAt >= SIGN_OF_LIFE) {
        yield ':\n\n';
        toldAt = Date.now();
      }
      if (status.state === 'done' || status.state === 'failed') return;
      await asking.processing.changed(asking.file, wait, left.signal);
      wait = Math.min(wait * 1.5, LATEST);
      // What does not answer now may answer soon.
      status = await statusOf(asking).catch(() => status);
    }
  }
  const list = events();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await list.next();
      if (done) controller.close();
      else controller.enqueue(text.encode(value));
    },
    async cancel() {
      left.abort();
      await list.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // nginx would hold it back.
      'x-accel-buffering': 'no',
    },
  });
}
