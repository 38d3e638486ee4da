/** Signing ahead: a lane must never wait for a signature, and a call should sign many parts. */
import { isFresh, type Parts, upcoming } from './parts.ts';
import type { Call, Rules, Sending, Transition } from './upload-state.ts';

/** A call that has just been made. */
export const ASK: Call = { is: 'asking', tries: 0 };

/** Has the next parts signed before a lane must wait for it. */
export function supply(state: Sending, rules: Rules, now: number): Transition {
  if (state.signing) return { state, commands: [] };
  const numbers = missingSignatures(state.parts, rules, now);
  if (numbers.length === 0) return { state, commands: [] };
  return {
    state: { ...state, signing: ASK },
    commands: [{ do: 'sign', session: state.session, partNumbers: numbers }],
  };
}

/** The parts to sign in one call: none until half a batch is missing, or a lane would soon be without. */
export function missingSignatures(parts: Parts, rules: Rules, now: number): number[] {
  const ahead = upcoming(parts, Math.max(rules.signBatch, rules.lanes));
  const missing = ahead.filter((n) => !isFresh(parts.signed.get(n), now)).slice(0, rules.signBatch);
  const urgent = ahead.slice(0, 2 * rules.lanes).some((n) => !isFresh(parts.signed.get(n), now));
  return urgent || missing.length * 2 >= rules.signBatch ? missing : [];
}
