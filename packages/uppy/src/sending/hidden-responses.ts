/**
 * Tells a response that is kept from the page from one that never came: both reach a page, or a worker, as the same error
 * without a word.
 */
import { type Doubt, type Hidden, nextStep } from '@portage/engine';
import { reach } from './dead-connections.ts';
import type { Body } from './file-range.ts';
import { isDenied, noticePrompt, originOf } from './local-network.ts';

/** A request to a host that was never heard of, and without a sign of life for so long, may be held by the browser. In milliseconds. */
const DARK = 1_500;

interface Watched extends Doubt {
  unread: number;
  answered?: number;
  takesBodies?: boolean | 'asked';
  /** When it was first suspected that answers are kept from the page, by the clock of the page's life. */
  since?: number;
}

const doubts = new Map<string, Watched>();
/** What the policy of this page, or of this worker, was seen to forbid. */
const forbidden = new Set<string>();
/** Those who were heard of: the browser lets this page reach them. */
const heard = new Set<string>();
/** Since when the permission for an origin may be all that is missing. */
const perhaps = new Map<string, number>();
/** Counts what happens, in its order: clocks of browsers are too coarse to tell it. */
let count = 0;
let underWay = 0;

/**
 * One request, from before it is sent until `end()` is called.
 * @param onDecided - called where the browser has asked the person about it, and they have decided.
 */
export function watchResponse(url: string, onDecided = () => {}) {
  const origin = originOf(url);
  const began = ++count;
  if (!underWay++) globalThis.addEventListener?.(VIOLATION, onViolation);
  let wasHeld = false;
  const over = new AbortController();
  const timer = heard.has(origin)
    ? undefined
    : setTimeout(async () => {
        wasHeld = await noticePrompt(url, { ended: over.signal, onDecided });
      }, DARK);
  const lives = () => {
    clearTimeout(timer);
    heard.add(origin);
  };
  return {
    /** Some of it is on its way. */
    lives,
    /** Something could be read of the response. */
    wasRead() {
      lives();
      doubts.delete(origin);
      perhaps.delete(origin);
    },
    /**
     * Nothing could be read: who keeps it from the page, if its host answers at all. Of the own origin nothing is kept.
     * @param body - What was on its way, if anything was.
     */
    async hiddenBy(signal?: AbortSignal, body?: Body): Promise<Hidden | undefined> {
      if (forbidden.has(origin)) return { origin, by: 'policy', ms: Number.POSITIVE_INFINITY };
      const denied = await isDenied(url, wasHeld);
      if (denied) {
        const since = perhaps.get(origin) ?? performance.now();
        perhaps.set(origin, since);
        const ms = denied === 'perhaps' ? performance.now() - since : Number.POSITIVE_INFINITY;
        return { origin, by: 'permission', ms };
      }
      if (origin === globalThis.location?.origin) return undefined;
      const doubt = doubts.get(origin) ?? { unread: 0 };
      doubts.set(origin, doubt);
      doubt.unread += 1;
      let hostAnswers: boolean | undefined;
      while (doubts.get(origin) === doubt && !signal?.aborted) {
        switch (nextStep(doubt, { began, moved: body !== undefined, hostAnswers })) {
          case 'ask-host':
            hostAnswers = (await reach(url, signal)) === 'answered';
            break;
          case 'ask-with-body':
            doubt.since ??= performance.now();
            doubt.takesBodies = 'asked';
            // Not with the signal of one: it is for all.
            reach(url, undefined, body).then((answer) => {
              doubt.takesBodies = answer === 'answered';
            });
            break;
          case 'suspect':
            return { origin, by: 'cors', ms: 0 };
          case 'believe':
            doubt.since ??= performance.now();
            return { origin, by: 'cors', ms: Math.max(1, performance.now() - doubt.since) };
          case 'forget':
            doubts.delete(origin);
            return undefined;
          case 'note-answer':
            doubt.answered = ++count;
            return undefined;
          default:
            return undefined;
        }
      }
      return undefined;
    },
    end() {
      clearTimeout(timer);
      over.abort();
      if (!--underWay) globalThis.removeEventListener?.(VIOLATION, onViolation);
    },
  };
}

const VIOLATION = 'securitypolicyviolation';

function onViolation({ effectiveDirective, disposition, blockedURI }: SecurityPolicyViolationEvent): void {
  if (effectiveDirective === 'connect-src' && disposition === 'enforce') forbidden.add(originOf(blockedURI));
}
