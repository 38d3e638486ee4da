/** What a failed attempt does to an upload: the retry policy decides, this applies the decision. */
import { partLength } from '@portage/protocol';
import { type Failure, isOfFile } from '../failure.ts';
import { halt, largestStored, type Parts, type Past, pastOf, putOff, signAnew, unhedge } from './parts.ts';
import { type Decision, decide, type Situation, saysDamaged } from './retry-policy.ts';
import { ASK } from './signing.ts';
import type {
  Call,
  Completing,
  Creating,
  Held,
  Listing,
  Sending,
  TaskFailed,
  Transition,
  UploadState,
} from './upload-state.ts';

/** A signature this close to its end may have been refused for it. In milliseconds. */
const NEAR_END = 60_000;

export function afterFailure(state: UploadState, event: TaskFailed, now: number): Transition {
  const { task } = event;
  if (state.at === 'paused' && state.held.is === 'create-call' && task.step === 'create') {
    return { state: { ...state, held: { is: 'nothing' } }, commands: [] };
  }
  if (state.at === 'sending') {
    // Asked beside: the part is sent again when its time has come.
    if (task.step === 'list') return { state: { ...state, looking: false }, commands: [] };
    if (task.step === 'part') return partFailed(state, task.partNumber, event, now);
    if (task.step === 'sign' && state.signing) return callFailed(state, state.signing, event, now);
  }
  const fits =
    (state.at === 'creating' && task.step === 'create') ||
    (state.at === 'listing' && task.step === 'list') ||
    (state.at === 'completing' && task.step === 'complete');
  return fits ? callFailed(state, state.call, event, now) : { state, commands: [] };
}

function partFailed(before: Sending, partNumber: number, event: TaskFailed, now: number): Transition {
  const request = before.parts.inFlight.get(partNumber);
  if (!request) return { state: before, commands: [] };
  const state = answersFor(event.failure) ? before : { ...before, parts: doubt(before.parts, partNumber) };
  // The other attempt may still succeed, but not where there is nothing to send.
  if (state.parts.hedged.has(partNumber) && !isOfFile(event.failure)) {
    const stalled = event.failure.kind === 'stalled';
    return { state: { ...state, parts: unhedge(state.parts, partNumber, stalled) }, commands: [] };
  }
  const past = pastOf(state.parts, partNumber);
  const isUnanswered = event.sent === 'all' && !answersFor(event.failure);
  const unanswered = past.unanswered + (isUnanswered ? 1 : 0);
  const decision = decide(event.failure, {
    ...situation(event, state, past.tries),
    unanswered: isUnanswered ? unanswered : 0,
    signedAgain: past.signedAgain,
    damagedBefore: past.damaged,
    doubtful: before.parts.doubtful.has(partNumber),
    signatureOld: request.expiresAt - NEAR_END < now,
  });
  const stalls = event.failure.kind === 'stalled' ? past.stalls + 1 : past.stalls;
  const damaged = past.damaged || saysDamaged(event.failure);
  switch (decision.do) {
    case 'retry':
    case 'look':
    case 'park': {
      const parked = decision.do === 'park';
      const next: Past = { ...past, stalls, damaged, unanswered, tries: parked ? past.tries : past.tries + 1 };
      const parts = putOff(state.parts, { partNumber, until: now + decision.ms, parked }, next);
      const wait = { do: 'wait', task: event.task, ms: decision.ms, parked } as const;
      if (decision.do !== 'look' || state.looking) return { state: { ...state, parts }, commands: [wait] };
      const { session } = state;
      return { state: { ...state, parts, looking: true }, commands: [wait, { do: 'look', session }] };
    }
    case 'sign-again': {
      const next: Past = { ...past, stalls, damaged, unanswered, tries: past.tries + 1, signedAgain: true };
      return { state: { ...state, parts: signAnew(state.parts, partNumber, next) }, commands: [] };
    }
    default:
      // It is not under way any more.
      return leave({ ...state, parts: putOff(state.parts, { partNumber, until: now, parked: false }, past) }, decision);
  }
}

/** Of an upload in one request alone: what the store has of others it can be asked. */
function doubt(parts: Parts, partNumber: number): Parts {
  return parts.plan.count > 1 ? parts : { ...parts, doubtful: new Set([partNumber]) };
}

/** Whether the store itself has said what became of the part. */
function answersFor(failure: Failure): boolean {
  return failure.kind === 'store' && (failure.status < 500 || failure.code !== undefined);
}

function callFailed(
  state: Creating | Listing | Sending | Completing,
  call: Call,
  event: TaskFailed,
  now: number,
): Transition {
  const decision = decide(event.failure, {
    ...situation(event, state, call.tries),
    unanswered: 0,
    signedAgain: call.tries > 0,
    damagedBefore: call.tries > 0,
    doubtful: false,
    signatureOld: false,
  });
  // A call signs itself each time: to sign it again is to make it again. What the store holds is asked about parts alone.
  const pause = decision.do === 'sign-again' ? ({ do: 'retry', ms: 0 } as const) : decision;
  if (pause.do !== 'retry' && pause.do !== 'look' && pause.do !== 'park') return leave(state, pause);
  const parked = pause.do === 'park';
  const tries = parked ? call.tries : call.tries + 1;
  const waiting: Call = { is: 'waiting', tries, until: now + pause.ms, parked };
  const next: UploadState = state.at === 'sending' ? { ...state, signing: waiting } : { ...state, call: waiting };
  return { state: next, commands: [{ do: 'wait', task: event.task, ms: pause.ms, parked }] };
}

type Leaving = Exclude<Decision, { do: 'retry' | 'look' | 'park' | 'sign-again' }>;

/** Decisions that end the state the upload is in. */
function leave(state: Creating | Listing | Sending | Completing, decision: Leaving): Transition {
  switch (decision.do) {
    case 'fail': {
      const held = kept(state, decision);
      // A retry, or a later page, would go on with what is of no use to anybody.
      const isOver = held.is === 'nothing' && 'session' in state;
      return {
        state: { at: 'failed', error: decision.error, held },
        commands: [{ do: 'abandon' }, ...(isOver ? [{ do: 'discard', session: state.session } as const] : [])],
      };
    }
    case 'start-anew': {
      const { small } = decision;
      const history = { ...state.history, ...(small ? { small } : { startedAnew: true }) };
      // The store knows the one with large parts, and nobody will finish it.
      const discard = small && 'session' in state ? [{ do: 'discard', session: state.session } as const] : [];
      return {
        state: { at: 'creating', call: ASK, history },
        commands: [{ do: 'abandon' }, ...discard, { do: 'create', small: history.small }],
      };
    }
    case 'confirm': {
      if (state.at === 'creating') return { state, commands: [] };
      const { session, history } = state;
      return {
        state: { at: 'completing', session, stored: [], call: ASK, history },
        commands: [{ do: 'abandon' }, { do: 'complete', session, parts: [] }],
      };
    }
    case 'list': {
      if (state.at === 'creating') return { state, commands: [] };
      const { session } = state;
      const history = { ...state.history, lists: state.history.lists + 1 };
      return {
        state: { at: 'listing', session, call: ASK, history },
        commands: [{ do: 'abandon' }, { do: 'list', session }],
      };
    }
  }
}

/** What a failed upload keeps for a retry. What the store forgot, what is of the file as it was, or what is stored wrongly is of no use. */
function kept(state: Creating | Listing | Sending | Completing, { error }: Extract<Leaving, { do: 'fail' }>): Held {
  if (state.at === 'creating' || error.code === 'upload-gone' || error.code === 'file-changed')
    return { is: 'nothing' };
  const { session } = state;
  // A part that was damaged on its way is not stored; the others are as they should be.
  if (state.at === 'sending') return { is: 'parts', session, parts: halt(state.parts) };
  return error.code === 'corrupt' ? { is: 'nothing' } : { is: 'session', session };
}

function situation(
  event: TaskFailed,
  state: Creating | Listing | Sending | Completing,
  tries: number,
): Omit<Situation, 'signedAgain' | 'damagedBefore' | 'doubtful' | 'signatureOld' | 'unanswered'> {
  const session = 'session' in state ? state.session : undefined;
  const { task } = event;
  const length = state.at === 'sending' && task.step === 'part' ? partLength(state.parts.plan, task.partNumber) : 0;
  return {
    ...state.history,
    step: event.task.step,
    tries,
    sent: event.sent ?? 'nothing',
    partSize: length,
    unequal: session?.lanes !== undefined,
    passed: state.at === 'sending' && largestStored(state.parts) >= length,
    single: session?.kind === 'single',
    idle: event.idle,
    online: event.online,
    hold: event.hold,
    random: event.random,
  };
}
