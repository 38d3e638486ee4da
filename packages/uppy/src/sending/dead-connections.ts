/**
 * Ends connections that died without a word, before a request is lost on them.
 *
 * A request that is ended takes its connection with it. Chromium's preflights are the exception (156, by its network
 * log): one whose request was ended goes on waiting and keeps its connection, for as long as the system does not give
 * that up, which is a quarter of an hour on Linux. Each further attempt was lost on another of the six connections to a
 * host, and then nothing moved any more. So before a request to a host that is silent, one without a preflight is made.
 */

import { within } from '../timer-clock.ts';
import { isAsked } from './asks.ts';
import type { Body } from './file-range.ts';

/** How long a question waits for its response, in milliseconds, and how many there are: as many as connections. */
const TIMEOUT = 5_000;
/** The same for one with a body. */
const LONG_TIMEOUT = 120_000;
const QUESTIONS = 6;

/** Resolves when something was answered at the address, or when there is no use in waiting. */
export async function makeWay(url: string, signal: AbortSignal): Promise<void> {
  for (let asked = 0; asked < QUESTIONS && !signal.aborted && !isAsked(); asked += 1)
    if ((await reach(url, signal)) !== 'late') return;
}

/** What came of a question that needs no leave, with a body or without: whatever is `answered`, or if it `failed`, its connection is not dead. */
export async function reach(url: string, signal?: AbortSignal, body?: Body): Promise<'answered' | 'failed' | 'late'> {
  const question = new AbortController();
  const end = () => question.abort();
  signal?.addEventListener('abort', end);
  // To the root of the host: a signature is for one method only.
  const init: RequestInit = { mode: 'no-cors', credentials: 'omit', cache: 'no-store' };
  // Without a type: some need leave.
  const asked: RequestInit = body ? { method: 'POST', body: body.slice() } : { method: 'HEAD' };
  const ask = async () => fetch(new URL('/', url), { ...init, ...asked, signal: question.signal });
  const answer = await within(
    body ? LONG_TIMEOUT : TIMEOUT,
    ask().then(
      () => 'answered' as const,
      () => 'failed' as const,
    ),
  );
  signal?.removeEventListener('abort', end);
  end();
  return answer;
}
