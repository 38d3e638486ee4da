import type { Asked } from './asked.ts';

/** Who made a call, and which call it was: part of every event. */
export interface CallFacts {
  /** Of the caller, where it is known; behind a proxy see `trustProxy`. */
  address?: string;
  /** As the caller says, cut. */
  userAgent?: string;
  /** Of this call; a trusted proxy's `X-Request-Id` where there is one. In the response too. */
  requestId: string;
  /** Of the trace that the call belongs to, where the caller says: 32 hex digits. */
  traceId?: string;
}

/** Longest text of the caller's that is kept, in characters. */
const MOST = 256;

/** @see https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/;

/** What is known of a call before anything is asked. */
export function callFacts({ headers }: Request, asked: Asked): CallFacts {
  const userAgent = headers.get('user-agent')?.slice(0, MOST);
  const given = asked.trusted ? headers.get('x-request-id') : null;
  const traceId = traceIdOf(headers.get('traceparent'));
  return {
    ...(asked.address !== undefined && { address: asked.address }),
    ...(userAgent !== undefined && { userAgent }),
    requestId: given !== null && /^[\w.:=+/-]{1,128}$/.test(given) ? given : crypto.randomUUID(),
    ...(traceId !== undefined && { traceId }),
  };
}

export const traceIdOf = (traceparent: string | null) => TRACEPARENT.exec(traceparent ?? '')?.[1];
