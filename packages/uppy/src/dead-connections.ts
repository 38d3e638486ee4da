/**
 * Ends connections that died without a word, before a request is lost on them.
 *
 * A request that is ended takes its connection with it. Chromium's preflights are the exception (156, by its network
 * log): one whose request was ended goes on waiting and keeps its connection, for as long as the system does not give
 * that up, which is a quarter of an hour on Linux. Each further attempt was lost on another of the six connections to a
 * host, and then nothing moved any more. So before a request to a host that is silent, one without a preflight is made.
 */
import { within } from './within.ts';

/** A request of which no byte has moved for so long is silent. In milliseconds. */
const SILENT = 2_000;
/** How long a question waits for its answer, in milliseconds, and how many there are: as many as connections. */
const PATIENCE = 5_000;
const QUESTIONS = 6;

/** A request, as long as no byte of it has moved. */
export interface FirstByte {
  readonly origin: string;
  /** By `performance.now()`. */
  readonly since: number;
}

const waiting = new Set<FirstByte>();
/** Where a request was ended in silence. */
const silent = new Set<string>();

/** Resolves when a request may be made: at once, unless its host is silent. */
export async function makeWay(origin: string, signal: AbortSignal): Promise<void> {
  if (!silent.has(origin) && ![...waiting].some((request) => request.origin === origin && isOld(request))) return;
  for (let asked = 0; asked < QUESTIONS && !signal.aborted; asked += 1) {
    if (await answers(origin, signal)) return void silent.delete(origin);
  }
}

/** A request is made now. */
export function awaitFirstByte(origin: string): FirstByte {
  const request = { origin, since: performance.now() };
  waiting.add(request);
  return request;
}

/** A byte of it has moved, or it was answered. */
export function heard(request: FirstByte): void {
  waiting.delete(request);
}

/** It is over without an answer. */
export function ended(request: FirstByte): void {
  if (waiting.delete(request) && isOld(request)) silent.add(request.origin);
}

const isOld = ({ since }: FirstByte) => performance.now() - since > SILENT;

/** Whatever is answered: its connection works. */
async function answers(origin: string, signal: AbortSignal): Promise<boolean> {
  const question = new AbortController();
  const end = () => question.abort();
  signal.addEventListener('abort', end, { once: true });
  const init: RequestInit = { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store' };
  const asked = fetch(origin, { ...init, signal: question.signal });
  const answer = await within(
    PATIENCE,
    asked.catch(() => {}),
  );
  signal.removeEventListener('abort', end);
  end();
  return answer !== 'late' && !signal.aborted;
}
