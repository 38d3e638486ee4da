/**
 * How many requests with small files a host of the store gets at once. Over HTTP/1.1 a browser opens six connections to a host,
 * and what is beyond them waits in the browser, unmoved; over HTTP/2 and HTTP/3 all go at once over one connection. A page is
 * not told which it is: `nextHopProtocol` is empty without the store's `Timing-Allow-Origin`. So it looks. Two requests more than six
 * are sent, and where more than six are seen to move at once, there may be many. Over HTTP/1.1 the two wait in the browser, and
 * cost nothing. Chromium 156 and Firefox 153 showed exactly six in motion over HTTP/1.1, and all over HTTP/2; WebKit (GTK, 2.50) showed
 * more than six over HTTP/2, too. Pure.
 */

/** What is known of a host. */
export interface HostLimit {
  /** `many`: seen to move together; `six`: seen not to. */
  readonly takes: 'unknown' | 'six' | 'many';
  /** The upload server says that it speaks HTTP/2. It may be wrong: some networks put a proxy of their own in between. */
  readonly hinted: boolean;
  /** Responses that came while more than six requests were in flight, and no more than six had moved. */
  readonly responses: number;
}

export const UNKNOWN_HOST: HostLimit = { takes: 'unknown', hinted: false, responses: 0 };

/** Connections that a browser opens to a host over HTTP/1.1. */
const CONNECTIONS = 6;
/** One more than the connections may be a response that is told late; two are not. */
const TRIAL = CONNECTIONS + 2;
/** Most requests at once, to all hosts together: servers let a client have 100 streams at once and more. */
export const MANY = 100;
/** After so many responses without a seventh request in motion, that one waits in the browser. */
const ENOUGH = 12;

/** Most requests with small files at once. */
export function smallAtOnce({ takes, hinted }: HostLimit, url: string): number {
  if (takes === 'six' || !url.startsWith('https:')) return CONNECTIONS;
  return takes === 'many' || hinted ? MANY : TRIAL;
}

/** `moving` requests to the host are in flight and have shown a first byte. */
export function sawMoving(host: HostLimit, moving: number): HostLimit {
  return moving >= TRIAL && host.takes !== 'many' ? { ...host, takes: 'many' } : host;
}

/** A response came, while `inFlight` requests were on their way to the host. */
export function sawResponse(host: HostLimit, inFlight: number): HostLimit {
  if (host.takes !== 'unknown' || inFlight < TRIAL) return host;
  const responses = host.responses + 1;
  return { ...host, responses, takes: responses >= ENOUGH ? 'six' : 'unknown' };
}

/** Most requests at once of those that travel together, and of how many bytes: what the packs on their way hold, and as much again. */
export const PACKED = 2560;
export const PACKED_BUDGET = 48 * 1024 * 1024;

/** Whether small files may travel together: where six requests go at once, and not where all do. */
export function takesPacks({ takes }: HostLimit, url: string): boolean {
  return takes === 'six' || (takes === 'unknown' && !url.startsWith('https:'));
}

/** Whether a request waits in the browser, because `earlier` ones to the host are still on their way. */
export function isQueued({ takes }: HostLimit, earlier: number): boolean {
  return takes !== 'many' && earlier >= CONNECTIONS;
}

const MiB = 1024 * 1024;
/**
 * The budget: while so many bytes of requests in flight have not moved, of all files together, there are no more requests than
 * connections. What has moved waits for its response alone, and leaves the link to others: up to so many budgets are in flight. More
 * would be lost with a connection where something on the way takes bodies at once. At first, at most, and at least; in bytes.
 */
export const BUDGET = 4 * MiB;
const MOST_BUDGET = 16 * MiB;
const LEAST_BUDGET = MiB / 2;
const BUDGETS = 4;
/** A request that takes longer than the first waits for the link; longer than the second, for too many others. In milliseconds. */
const LONG = 2_000;
const TOO_LONG = 4_000;

/** Whether there may be more requests than connections, with so many bytes of them unmoved and in flight. */
export const hasRoom = (budget: number, unmoved: number, inFlight: number): boolean =>
  unmoved <= budget && inFlight <= BUDGETS * budget;

/** A request with `bytes` was answered after `ms`: on a fast link the budget doubles with each round of requests. */
export function nextBudget(budget: number, bytes: number, ms: number): number {
  if (ms > TOO_LONG) return Math.max(LEAST_BUDGET, 0.9 * budget);
  return ms < LONG ? Math.min(MOST_BUDGET, budget + bytes) : budget;
}
