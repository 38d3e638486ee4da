/** Signing ahead: no part must wait for its signature, and a call should sign many parts. */
import { isFresh, type Parts, upcoming } from './parts.ts';
import type { Call, Rules, Sending, Transition } from './upload-state.ts';

/** A call that has just been made. */
export const ASK: Call = { is: 'asking', tries: 0 };

/** Has the next parts signed before one must wait for it. */
export function supply(state: Sending, rules: Rules, now: number): Transition {
  if (state.signing) return { state, commands: [] };
  const numbers = missingSignatures(state.parts, rules, now);
  if (numbers.length === 0) return { state, commands: [] };
  return {
    state: { ...state, signing: ASK },
    commands: [{ do: 'sign', session: state.session, partNumbers: numbers }],
  };
}

/**
 * The parts to sign in one call: a whole batch as soon as the signed ones come down to half a batch, so that the next are
 * there before those are used up; what is left of the file, or of the parts that fell out, where parts would soon wait.
 */
export function missingSignatures(parts: Parts, { signBatch, concurrency }: Rules, now: number): number[] {
  const reserve = Math.max(concurrency, Math.ceil(signBatch / 2));
  const ahead = upcoming(parts, reserve + signBatch);
  const isMissing = (partNumber: number) => !isFresh(parts.signed.get(partNumber), now);
  const missing = ahead.filter(isMissing).slice(0, signBatch);
  return missing.length === signBatch || ahead.slice(0, reserve).some(isMissing) ? missing : [];
}
