/**
 * When it may be said that answers are kept from the page. To a page, a response that CORS hides and a connection that was lost
 * are the same error without a word. Pure: the questions are asked by whoever sends.
 */

/** What is known of an origin since its last response that could be read, or since it last answered nothing at all. */
export interface Doubt {
  /** Requests in a row without a response that could be read. */
  readonly unread: number;
  /** When its host was first seen to answer a question that needs no leave, by a count of what happens. */
  readonly answered?: number | undefined;
  /** Whether it answers a body as long as the one that failed; undefined where it was not asked. */
  readonly takesBodies?: boolean | 'asked' | undefined;
}

/** A request that came to nothing. */
export interface Unread {
  /** When it began, by the same count. */
  readonly began: number;
  /** Whether any of its body was on its way. */
  readonly moved: boolean;
  /** Whether the host answers now, as far as it was asked after this failure. */
  readonly hostAnswers?: boolean | undefined;
}

/** What follows, in the order in which it is found out. */
export type NextStep =
  /** It may be the network: nothing can be said. */
  | 'nothing'
  /** Ask the host something that needs no leave. */
  | 'ask-host'
  /** The host answers: what begins from now on counts. */
  | 'note-answer'
  /** It answered nothing: an outage, and nothing of before tells anything. */
  | 'forget'
  /**
   * Ask it with a body as long, to which a link may be unkind that lets small requests pass. Nobody waits for the response: it
   * may take minutes, or never come, and the next attempt at the part may get through sooner.
   */
  | 'ask-with-body'
  /** Its responses may be kept from the page: that question is not answered yet. */
  | 'suspect'
  /** Its answers are kept from the page. */
  | 'believe';

/** Fewer requests in a row say nothing. */
const ENOUGH = 2;

export function nextStep(doubt: Doubt, { began, moved, hostAnswers }: Unread): NextStep {
  // What began before the host was seen to answer may have failed in an outage that is over now.
  if (doubt.unread < ENOUGH || began < (doubt.answered ?? 0)) return 'nothing';
  if (hostAnswers === undefined) return 'ask-host';
  if (!hostAnswers) return 'forget';
  if (doubt.answered === undefined) return 'note-answer';
  if (!moved || doubt.takesBodies === true) return 'believe';
  if (doubt.takesBodies === undefined) return 'ask-with-body';
  return doubt.takesBodies === 'asked' ? 'suspect' : 'nothing';
}
