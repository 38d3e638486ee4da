/** One upload's life as a pure function: a state and an event give the next state and what must be done. */
import { planParts, type StoredPart } from '@portage/protocol';
import { AppCallbackError } from '../errors/errors.ts';
import type { Holding, ReadyPart, Session } from '../vocabulary.ts';
import { afterFailure } from './after-failure.ts';
import {
  addSigned,
  begin,
  due,
  fellSilent,
  halt,
  heard,
  heldParts,
  isWhole,
  type Parts,
  sendable,
  store,
  storedBytes,
  storedParts,
  storeWaiting,
} from './parts.ts';
import { ASK, missingSignatures, supply } from './signing.ts';
import type {
  Call,
  Held,
  History,
  Rules,
  Sending,
  Task,
  Transition,
  UploadEvent,
  UploadState,
} from './upload-state.ts';

const NEW: History = { startedAnew: false, lists: 0 };
const NOTHING: Held = { is: 'nothing' };

export const INITIAL: UploadState = { at: 'waiting', held: NOTHING, history: NEW };

/** Whether the upload counts among those that run; see the engine's bound on open uploads. */
export function isOpen(state: UploadState): boolean {
  return (
    state.at === 'creating' ||
    state.at === 'listing' ||
    state.at === 'sending' ||
    state.at === 'completing' ||
    (state.at === 'paused' && state.held.is === 'create-call')
  );
}

/** How many more parts the upload would send now. */
export function wantedSlots(state: UploadState, rules: Rules, now: number): number {
  return state.at === 'sending' ? sendable(state.parts, rules.concurrency, now) : 0;
}

/** Bytes that the store is known to hold of the upload; `last` where it has yet to be asked. */
export function bytesHeld(state: UploadState, last: number): number {
  if (state.at === 'sending') return storedBytes(state.parts);
  if (state.at === 'completing') return state.stored.reduce((sum, part) => sum + part.size, 0);
  if (state.at === 'creating') return 0;
  if ('held' in state) return state.held.is === 'parts' ? storedBytes(state.held.parts) : 0;
  return last;
}

/** The next state and what must be done for it. Whatever happens, a sending upload has its next parts signed ahead. */
export function transition(state: UploadState, event: UploadEvent, rules: Rules, now: number): Transition {
  const next = react(state, event, rules, now);
  if (next.state.at !== 'sending') return next;
  const supplied = supply(next.state, rules, now);
  return { state: supplied.state, commands: [...next.commands, ...supplied.commands] };
}

/** An event that does not fit the state changes nothing: answers may come late, and people press twice. */
function react(state: UploadState, event: UploadEvent, rules: Rules, now: number): Transition {
  switch (event.type) {
    case 'open':
      return state.at === 'waiting' ? open(state.held, state.history) : stay(state);
    case 'created':
      return created(state, event, rules, now);
    case 'listed':
      if (state.at !== 'listing') return stay(state);
      return goOn(state.session, event.holding, [], state.history, rules, now);
    case 'looked':
      return state.at === 'sending' ? looked(state, event.holding) : stay(state);
    case 'signed':
      if (state.at !== 'sending') return stay(state);
      return stay({ ...state, parts: addSigned(state.parts, event.requests, now), signing: undefined });
    case 'slot':
      return slot(state, rules, now);
    case 'stored':
      return state.at === 'sending' ? stored(state, event.part) : stay(state);
    case 'silent':
      return state.at === 'sending'
        ? stay({ ...state, parts: fellSilent(state.parts, event.partNumber) })
        : stay(state);
    case 'heard':
      return state.at === 'sending' ? stay({ ...state, parts: heard(state.parts, event.partNumber) }) : stay(state);
    case 'completed':
      if (state.at !== 'completing') return stay(state);
      return { state: { at: 'complete', result: event.result }, commands: [] };
    case 'failed':
      return afterFailure(state, event, now);
    case 'due':
      return again(state, event.task, rules, now);
    case 'pause':
      return pause(state);
    case 'resume':
      if (state.at !== 'paused') return stay(state);
      if (state.held.is === 'create-call') return stay({ at: 'creating', call: ASK, history: state.history });
      return stay({ at: 'waiting', held: state.held, history: state.history });
    case 'retry':
      return state.at === 'failed' ? stay({ at: 'waiting', held: state.held, history: NEW }) : stay(state);
    case 'cancel':
      return cancel(state);
    case 'broke':
      return broke(state, event);
  }
}

function stay(state: UploadState): Transition {
  return { state, commands: [] };
}

function open(kept: Held, history: History): Transition {
  switch (kept.is) {
    case 'nothing':
    case 'create-call':
      return { state: { at: 'creating', call: ASK, history }, commands: [{ do: 'create', small: history.small }] };
    case 'session': {
      const { session } = kept;
      return { state: { at: 'listing', session, call: ASK, history }, commands: [{ do: 'list', session }] };
    }
    case 'parts':
      return send(kept.session, kept.parts, history);
  }
}

function created(
  state: UploadState,
  { session, requests, holding = { kind: 'parts', parts: [] } }: Extract<UploadEvent, { type: 'created' }>,
  rules: Rules,
  now: number,
): Transition {
  // Canceled while the call was out: the store must not keep an upload that nobody will finish.
  if (state.at === 'canceled') return { state, commands: [{ do: 'discard', session }] };
  if (state.at === 'creating') return goOn(session, holding, requests, state.history, rules, now);
  if (state.at === 'paused' && state.held.is === 'create-call') {
    if (holding.kind === 'whole') return stay({ ...state, held: { is: 'session', session } });
    return stay({
      ...state,
      held: { is: 'parts', session, parts: partsFrom(session, holding.parts, requests, rules, now) },
    });
  }
  return stay(state);
}

/** Goes on from what the store has. */
function goOn(
  session: Session,
  holding: Holding,
  requests: readonly ReadyPart[],
  history: History,
  rules: Rules,
  now: number,
): Transition {
  if (holding.kind === 'whole') return finish(session, [], history);
  return send(session, partsFrom(session, holding.parts, requests, rules, now), history);
}

/** Goes on sending, or completes where every part is stored. */
function send(session: Session, parts: Parts, history: History, signing?: Call): Transition {
  if (!isWhole(parts)) return stay({ at: 'sending', session, parts, signing, history });
  return finish(session, storedParts(parts), history);
}

function finish(session: Session, stored: readonly StoredPart[], history: History): Transition {
  return {
    state: { at: 'completing', session, stored, call: ASK, history },
    commands: [{ do: 'complete', session, parts: stored }],
  };
}

function stored(state: Sending, part: StoredPart): Transition {
  const { partNumber } = part;
  if (!state.parts.inFlight.has(partNumber)) return stay(state);
  const next = send(state.session, store(state.parts, part), state.history, state.signing);
  // Either response wins: both attempts carry the same bytes.
  const stop = state.parts.hedged.has(partNumber) ? [{ do: 'stop', partNumber } as const] : [];
  return { state: next.state, commands: [...stop, ...next.commands] };
}

/** Parts that came to nothing but for their response are there; the others are sent again. */
function looked(state: Sending, holding: Holding): Transition {
  const { session, history, signing } = state;
  const next =
    holding.kind === 'whole'
      ? finish(session, [], history)
      : send(session, storeWaiting(state.parts, holding.parts), history, signing);
  // Nothing that is under way is needed any more.
  return next.state.at === 'sending' ? next : { ...next, commands: [{ do: 'abandon' }, ...next.commands] };
}

function slot(state: UploadState, rules: Rules, now: number): Transition {
  // Signatures may have ended while the upload waited for its slot; then nothing can be sent.
  if (state.at !== 'sending' || sendable(state.parts, rules.concurrency, now) === 0) return stay(state);
  const begun = begin(state.parts, now);
  if (!begun) return stay(state);
  return { state: { ...state, parts: begun.parts }, commands: [{ do: 'send', ...begun.ready }] };
}

/** The next attempt of a task that failed. */
function again(state: UploadState, task: Task, rules: Rules, now: number): Transition {
  if (state.at === 'sending' && task.step === 'part') {
    return stay({ ...state, parts: due(state.parts, task.partNumber) });
  }
  if (state.at === 'sending' && task.step === 'sign' && state.signing?.is === 'waiting') {
    const partNumbers = missingSignatures(state.parts, rules, now);
    if (partNumbers.length === 0) return stay({ ...state, signing: undefined });
    const signing: Call = { is: 'asking', tries: state.signing.tries };
    return { state: { ...state, signing }, commands: [{ do: 'sign', session: state.session, partNumbers }] };
  }
  if (!('call' in state) || state.call.is !== 'waiting') return stay(state);
  const call: Call = { is: 'asking', tries: state.call.tries };
  if (state.at === 'creating' && task.step === 'create') {
    return { state: { ...state, call }, commands: [{ do: 'create', small: state.history.small }] };
  }
  if (state.at === 'listing' && task.step === 'list') {
    return { state: { ...state, call }, commands: [{ do: 'list', session: state.session }] };
  }
  if (state.at === 'completing' && task.step === 'complete') {
    const { session, stored } = state;
    return { state: { ...state, call }, commands: [{ do: 'complete', session, parts: stored }] };
  }
  return stay(state);
}

/** Once the store was told to complete there is nothing left to pause: every byte is sent. */
function pause(state: UploadState): Transition {
  switch (state.at) {
    case 'waiting':
      return stay({ ...state, at: 'paused' });
    case 'creating': {
      // The response of a call that is out is waited for, so that the upload it opens is not forgotten in the store.
      const kept: Held = state.call.is === 'asking' ? { is: 'create-call' } : NOTHING;
      const commands = state.call.is === 'asking' ? [] : ([{ do: 'abandon' }] as const);
      return { state: { at: 'paused', held: kept, history: state.history }, commands };
    }
    case 'listing':
      return {
        state: { at: 'paused', held: { is: 'session', session: state.session }, history: state.history },
        commands: [{ do: 'abandon' }],
      };
    case 'sending':
      return {
        state: { at: 'paused', held: holding(state), history: state.history },
        commands: [{ do: 'abandon' }],
      };
    default:
      return stay(state);
  }
}

function cancel(state: UploadState): Transition {
  if (state.at === 'complete' || state.at === 'canceled') return stay(state);
  const canceled: UploadState = { at: 'canceled' };
  // The create call goes on: its response names the upload that must then be discarded.
  const createIsOut =
    (state.at === 'creating' && state.call.is === 'asking') ||
    (state.at === 'paused' && state.held.is === 'create-call');
  if (createIsOut) return stay(canceled);
  const session = sessionIn(state);
  return {
    state: canceled,
    commands: [{ do: 'abandon' }, ...(session ? [{ do: 'discard', session } as const] : [])],
  };
}

/** Nothing is known of where an upload is that an exception has struck: what the store holds of it is of no use. */
function broke(state: UploadState, { cause, session }: Extract<UploadEvent, { type: 'broke' }>): Transition {
  if (state.at === 'complete' || state.at === 'canceled') return stay(state);
  const opened = session ?? sessionIn(state);
  return {
    state: { at: 'failed', error: new AppCallbackError(cause), held: NOTHING },
    commands: [{ do: 'abandon' }, ...(opened ? [{ do: 'discard', session: opened } as const] : [])],
  };
}

function sessionIn(state: UploadState): Session | undefined {
  if ('session' in state) return state.session;
  return 'held' in state && (state.held.is === 'session' || state.held.is === 'parts') ? state.held.session : undefined;
}

/** What a sending upload keeps when it stops. */
export function holding(state: Sending): Held {
  return { is: 'parts', session: state.session, parts: halt(state.parts) };
}

function planOf(session: Session, rules: Rules) {
  return planParts(rules.size, session.partSize, session.lanes);
}

function partsFrom(
  session: Session,
  stored: readonly StoredPart[],
  requests: readonly ReadyPart[],
  rules: Rules,
  now: number,
): Parts {
  return addSigned(heldParts(planOf(session, rules), stored), requests, now);
}
