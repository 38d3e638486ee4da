/**
 * Tells an answer that is kept from the page from one that never came: both reach a page, or a worker, as the same error
 * without a word.
 */
import type { Hidden } from '@portage/engine';
import { reach } from './dead-connections.ts';

/** Requests in a row without an answer that could be read, after which it may be said that they are kept from the page. */
const DOUBTFUL = 3;

/** What is known of an origin since its last answer that could be read, or since it last answered nothing at all. */
interface Doubt {
  unread: number;
  /** When its host answered a question that needs no leave, by the count of requests. */
  answered?: number;
}

const doubts = new Map<string, Doubt>();
/** What the policy of this page, or of this worker, was seen to forbid. */
const forbidden = new Set<string>();
const told = new Set<string>();
/** Counts what happens, in its order: clocks of browsers are too coarse to tell it. */
let count = 0;
let underWay = 0;

/** One request, from before it is sent until `end()` is called. */
export function watchAnswer(url: string) {
  const origin = originOf(url);
  const began = ++count;
  if (!underWay++) globalThis.addEventListener?.(VIOLATION, onViolation);
  return {
    /** Something could be read of the answer. */
    wasRead: () => doubts.delete(origin),
    /** Nothing could be read: who keeps it from the page, if its host answers at all. Of the own origin nothing is kept. */
    async hiddenBy(signal?: AbortSignal): Promise<Hidden | undefined> {
      if (forbidden.has(origin)) return tell({ origin, by: 'policy' });
      if (origin === globalThis.location?.origin) return undefined;
      const doubt = doubts.get(origin) ?? { unread: 0 };
      doubts.set(origin, doubt);
      doubt.unread += 1;
      // What began before the host was seen to answer may have failed in an outage that is over now.
      const { answered = 0 } = doubt;
      if (doubt.unread < DOUBTFUL - 1 || began < answered) return undefined;
      const answer = await reach(url, signal);
      if (signal?.aborted) return undefined;
      if (answer !== 'answered') doubts.delete(origin);
      else if (answered && doubts.get(origin) === doubt) return tell({ origin, by: 'cors' });
      else doubt.answered ??= ++count;
      return undefined;
    },
    end() {
      if (!--underWay) globalThis.removeEventListener?.(VIOLATION, onViolation);
    },
  };
}

const VIOLATION = 'securitypolicyviolation';

function onViolation({ effectiveDirective, disposition, blockedURI }: SecurityPolicyViolationEvent): void {
  if (effectiveDirective === 'connect-src' && disposition === 'enforce') forbidden.add(originOf(blockedURI));
}

/** For the developer, once. */
function tell(hidden: Hidden): Hidden {
  const { origin, by } = hidden;
  if (!told.has(origin)) console.warn(`Portage: ${by === 'policy' ? policyWords(origin) : corsWords(origin)}`);
  told.add(origin);
  return hidden;
}

const policyWords = (origin: string) =>
  `the Content-Security-Policy of this page forbids requests to ${origin}. Add ${origin} to its connect-src.`;

const corsWords = (origin: string) =>
  `${origin} answers, but ${DOUBTFUL} requests in a row got no answer that this page may read. ` +
  `Its CORS rules must let ${location.origin} use PUT, POST, GET and DELETE with all headers, and expose ETag; ` +
  `"npx @portage/server doctor --origin ${location.origin}" says what they lack. ` +
  'If they are right, a gateway before it refuses the requests (as too large, say) or adds CORS headers a second time; ' +
  "the browser's network log shows which.";

function originOf(url: string): string {
  try {
    return new URL(url, globalThis.location?.href).origin;
  } catch {
    return url;
  }
}
