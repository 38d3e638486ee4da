/**
 * The run loop: carries out what the upload machine asks for, and tells the machine what came of it. The only file of
 * the engine with effects; it decides nothing.
 */

import { MIN_PART_SIZE } from '@portage/protocol';
import type { EngineOptions } from './engine-options.ts';
import { type Failure, isOfFile } from './failure.ts';
import { createFlow, type Flow } from './flow.ts';
import { FREED, freed, type HeldRetry } from './held-retries.ts';
import { createLanes } from './lanes.ts';
import { isBeginning, meterAfter } from './measure.ts';
import { createNames } from './names.ts';
import { createOpenings } from './openings.ts';
import { choosePartSize, partRange } from './part-plan.ts';
import { pastOf } from './parts.ts';
import type { Failures, FirstLook, PartSums, Ports, Source } from './ports.ts';
import { type Meter, partMoved, readMeter, startMeter } from './progress.ts';
import { budgetWait, fullBudget, refund, spend } from './retry-budget.ts';
import { snapshotOf } from './status.ts';
import { algorithmOf } from './sum-algorithm.ts';
import { createTasks, type Tasks } from './tasks.ts';
import type { Upload, UploadListener } from './upload.ts';
import { INITIAL, isOpen, transition, wantedSlots } from './upload-machine.ts';
import type { Command, Rules, Sending, Task, TaskFailed, UploadEvent, UploadState } from './upload-state.ts';
import type { Intent, Outcome, Session } from './vocabulary.ts';

export interface Engine<Body> {
  /** Starts an upload, or with `paused` has one ready that waits for `resume`. */
  start(source: Source<Body>, intent: Intent, listener: UploadListener, options?: { paused?: boolean }): Upload;
}

/** One upload as the loop runs it. */
interface Run<Body> {
  readonly source: Source<Body>;
  readonly intent: Intent;
  readonly listener: UploadListener;
  readonly rules: Rules;
  readonly tasks: Tasks;
  /** What the parts' bytes add up to, as they were sent. */
  readonly sums: PartSums;
  firstLook: FirstLook | undefined;
  state: UploadState;
  meter: Meter;
  /** Milliseconds without progress, counted while the page was awake and online. */
  idle: number;
}

const TICK = 1_000;
/** The files of one call hear of its failure within so many milliseconds. */
const AT_ONCE = 100;

/** Who is asked. */
const sideOf = ({ step }: Task) => (step === 'part' ? 'store' : 'server');

/** What is one failure to several uploads. */
interface Shared extends HeldRetry {
  readonly failure: Failure;
  readonly at: number;
  /** What it draws. */
  readonly lot: Pick<TaskFailed, 'random' | 'hold'>;
  spent: boolean;
}

export function createEngine<Body>(
  ports: Ports<Body>,
  { lanes = 6, bandwidthLimit = () => undefined, trace }: EngineOptions = {},
): Engine<Body> {
  const { backend, transport, digests, proving, clock, random, connectivity } = ports;
  if (!Number.isInteger(lanes) || lanes < 1) throw new RangeError(`An engine cannot have ${lanes} lanes.`);
  const priorityOf = ({ intent }: Run<Body>) => intent.priority ?? 0;
  const names = createNames(clock);
  const allLanes = () => lanes * names.count;
  const slots: Flow<Run<Body>> = createFlow<Run<Body>>(clock, {
    most: lanes,
    names: () => names.count,
    bandwidthLimit,
    priorityOf,
    isSaving: () => connectivity.savesData?.() === true,
    silent: () => attempts.silent,
    onReady: pump,
  });
  const opened = createOpenings<Run<Body>>(allLanes, priorityOf);
  const running = new Set<Run<Body>>();
  const attempts = createLanes<Run<Body>>(clock, {
    isOnline: connectivity.online,
    between: () => connectivity.between?.(),
    isFull: () => slots.isFull,
    onSilent: (run, partNumber) => dispatch(run, { type: 'silent', partNumber }),
    onHeard: (run, partNumber) => dispatch(run, { type: 'heard', partNumber }),
  });
  /** Of the store and of the upload server: one may answer while the other is gone. */
  const budgets = { store: fullBudget(clock.now()), server: fullBudget(clock.now()) };
  let failures: Failures | undefined;
  /** Files whose creation goes by one call fail together: they draw one lot, take one token, and go on together. */
  let latest: Shared | undefined;
  const held = new Set<HeldRetry>();
  let pumping = false;
  let stopTicking: (() => void) | undefined;
  let tickedAt = 0;
  let sends = 0;

  /** Returns whether a part was sent. What goes wrong in here is the end of this upload, and of no other. */
  function dispatch(run: Run<Body>, event: UploadEvent): boolean {
    try {
      return turn(run, event);
    } catch (cause) {
      toConsole(cause);
      return turn(run, { type: 'broke', cause, session: 'session' in event ? event.session : undefined });
    }
  }

  function turn(run: Run<Body>, event: UploadEvent): boolean {
    const before = run.state;
    const { state, commands } = transition(before, event, run.rules, clock.now());
    run.state = state;
    trace?.(run.intent.id, 'turned', event, commands, state, slots.limit);
    if (isOpen(before) && !isOpen(state)) opened.release(run);
    if (state !== before) measure(run, event);
    if (event.type === 'stored' && before.at === 'sending' && before.session.kind === 'multipart')
      guard(() => run.listener.onPartStored?.(event.part));
    for (const command of commands) carryOut(run, command);
    slots.want(run, wantedSlots(state, run.rules, clock.now()));
    opened.want(run, state.at === 'waiting');
    if (isOpen(state)) running.add(run);
    else running.delete(run);
    publish(run);
    if (state !== before && (state.at === 'complete' || state.at === 'failed' || state.at === 'canceled')) {
      guard(() => run.listener.onEnd(state));
    }
    pump();
    tick();
    return commands.some((command) => command.do === 'send');
  }

  /** Hands out what is free. */
  function pump(): void {
    if (pumping) return;
    pumping = true;
    try {
      for (let run = opened.take(); run; run = opened.take()) {
        dispatch(run, { type: 'open' });
        if (!isOpen(run.state)) opened.release(run);
      }
      for (let run = slots.take(); run; run = slots.take()) {
        const sent = dispatch(run, { type: 'slot' });
        if (sent) continue;
        slots.release();
        slots.want(run, 0);
      }
    } finally {
      pumping = false;
    }
  }

  function carryOut(run: Run<Body>, command: Command): void {
    switch (command.do) {
      case 'create': {
        // Another upload may have parts of another size.
        run.sums.clear();
        const { intent } = run;
        // With a bandwidth limit the smallest parts make the shortest bursts; where only answers show progress, short steps.
        const smallest = bandwidthLimit() || (!attempts.speed && attempts.maySeeNothing);
        const speed = smallest ? { rate: 0, answer: 0 } : attempts.speed;
        const adapted = intent.adaptPartSize && { partSize: choosePartSize(intent.size, allLanes(), speed) };
        const small = command.small && { partSize: MIN_PART_SIZE, adaptPartSize: false };
        const create = async (signal: AbortSignal) => {
          const [looked, opened] = await Promise.all([
            proving.begin(run.source, signal),
            backend.create({ ...intent, ...adapted, ...small }, signal),
          ]);
          if (looked.ok) run.firstLook = looked.value;
          else if (opened.ok) discard(opened.value.session);
          return looked.ok ? opened : looked;
        };
        attempt(run, { step: 'create' }, create, (value) => ({ type: 'created', ...value }));
        break;
      }
      case 'list': {
        const { session } = command;
        const list = async (signal: AbortSignal) => {
          const held = await backend.listParts(session, signal);
          return held.ok ? proving.sound(held.value, run.sums, session) : held;
        };
        attempt(run, { step: 'list' }, list, (holding) => ({ type: 'listed', holding }));
        break;
      }
      case 'look': {
        const list = (signal: AbortSignal) => backend.listParts(command.session, signal);
        attempt(run, { step: 'list' }, list, (holding) => ({ type: 'looked', holding }));
        break;
      }
      case 'sign': {
        const sign = (signal: AbortSignal) => backend.sign(command.session, command.partNumbers, signal);
        attempt(run, { step: 'sign' }, sign, (requests) => ({ type: 'signed', requests }));
        break;
      }
      case 'complete': {
        const { source, sums, firstLook } = run;
        const complete = (signal: AbortSignal) => proving.complete({ source, sums, firstLook, ...command }, signal);
        attempt(run, { step: 'complete' }, complete, (result) => ({ type: 'completed', result }));
        break;
      }
      case 'send':
        send(run, command);
        break;
      case 'stop':
        run.tasks.stopPart(command.partNumber);
        break;
      case 'wait':
        wait(run, command);
        break;
      case 'abandon':
        run.tasks.stopAll();
        break;
      case 'discard':
        discard(command.session);
    }
  }

  /** Nobody waits for this: the store's own clean-up takes what a lost call leaves behind. */
  function discard(session: Session): void {
    backend.abort(session).catch(() => {});
  }

  function attempt<T>(
    run: Run<Body>,
    task: Task,
    work: (signal: AbortSignal, abort: () => void) => Promise<Outcome<T>>,
    event: (value: T) => UploadEvent,
    afterwards?: () => void,
  ): void {
    const controller = new AbortController();
    const abort = () => controller.abort();
    const begun = run.tasks.begin(task, abort);
    const finish = async (outcome: Outcome<T>) => {
      afterwards?.();
      if (!outcome.ok) failures ??= await ports.failures();
      if (!begun.end()) return pump();
      if (outcome.ok) {
        // A signature alone moves nothing: the server may answer while the store is gone.
        if (task.step !== 'sign') run.idle = 0;
        const side = sideOf(task);
        budgets[side] = refund(budgets[side], FREED, clock.now());
        for (const { fires } of freed(held, side)) for (const fire of [...fires]) fire();
        dispatch(run, event(outcome.value));
      } else {
        const { failure, sent } = outcome;
        if (task.step === 'part' && (failure.kind === 'stalled' || failures?.asksForLess(failure))) slots.narrow();
        const online = connectivity.online();
        const now = clock.now();
        if (latest?.failure !== failure || now - latest.at > AT_ONCE) {
          const side = sideOf(task);
          const lot = { random: random(), hold: budgetWait(budgets[side], now) };
          latest = { failure, at: now, lot, spent: false, side, fires: new Set() };
        }
        dispatch(run, { type: 'failed', task, failure, sent, ...latest.lot, idle: run.idle, online });
      }
    };
    // A promise that rejects comes from the app's own function, which may also throw before it returns one.
    new Promise<Outcome<T>>((resolve) => resolve(work(controller.signal, abort))).then(finish, (cause: unknown) =>
      finish({ ok: false, failure: { kind: 'app-callback', cause } }),
    );
  }

  function send(run: Run<Body>, { partNumber, request }: Extract<Command, { do: 'send' }>): void {
    // Only a sending upload sends.
    const { parts, session } = run.state as Sending;
    const { start, end } = partRange(parts.plan, partNumber);
    const size = end - start;
    const { stalls } = pastOf(parts, partNumber);
    // A file that nobody watches is summed up for the second look at it.
    const algorithm = algorithmOf(session) ?? (run.firstLook?.noticed === false ? 'CRC64NVME' : undefined);
    const name = names.take(request);
    let failed: boolean | undefined;
    slots.begun(size);
    sends += 1;
    const number = sends;
    attempt(
      run,
      { step: 'part', partNumber },
      async (signal, abort) => {
        const afterSilence = attempts.silent + stalls > 0;
        const lane = attempts.open(run, { partNumber, size, stalls, abort });
        trace?.(run.intent.id, 'sent', number, partNumber, name.url);
        try {
          const body = run.source.slice(start, end);
          const onProgress = (loaded: number) => {
            if (signal.aborted) return;
            slots.moved(lane.moved(loaded), run.source.size);
            trace?.(run.intent.id, 'moved', number, loaded);
            moved(run, partNumber, Math.min(loaded, size));
          };
          const attempted = { request: { ...request, url: name.url }, body, onProgress, afterSilence };
          const sending = transport.send(attempted, signal);
          // Summed up while it is sent, so that no time is spent on it before or afterwards.
          const summing = algorithm && digests.sum(body, algorithm, signal);
          // A file that cannot be read has nothing more to send, though the request may go on waiting for its bytes.
          const unreadable = summing?.then((sum) => (!sum.ok && isOfFile(sum.failure) ? sum : sending));
          const outcome = await Promise.race([sending, unreadable ?? sending]);
          trace?.(run.intent.id, 'answered', number, outcome, lane.givenUp, signal.aborted);
          const lost = !outcome.ok && outcome.failure.kind === 'network';
          failed = lane.givenUp || (signal.aborted ? undefined : lost);
          const { sent } = lane;
          if (lane.givenUp) return { ok: false, failure: { kind: 'stalled' }, sent };
          if (!outcome.ok) {
            abort();
            return { ...outcome, sent };
          }
          lane.answered();
          // The store has the part: its sum may take its time, and is no silence of the network.
          lane.close();
          const sum = await summing;
          if (sum?.ok) run.sums.set(partNumber, sum.value);
          if (outcome.value.etag === undefined && session.kind === 'multipart') {
            return { ok: false, failure: { kind: 'etag-hidden' } };
          }
          return outcome;
        } finally {
          lane.close();
        }
      },
      ({ etag = '' }) => ({ type: 'stored', part: { partNumber, etag, size } }),
      () => {
        name.release(failed);
        slots.release();
      },
    );
  }

  function moved(run: Run<Body>, partNumber: number, loaded: number): void {
    // Of two attempts, the one that is ahead counts.
    if (loaded <= (run.meter.inFlight.get(partNumber) ?? 0)) return;
    const before = run.meter.high;
    run.meter = partMoved(run.meter, partNumber, loaded, clock.now());
    if (run.meter.high > before) run.idle = 0;
    publish(run);
  }

  function wait(run: Run<Body>, { task, ms, parked }: Extract<Command, { do: 'wait' }>): void {
    const shared = parked ? undefined : latest;
    if (shared && !shared.spent) budgets[shared.side] = spend(budgets[shared.side], clock.now());
    if (shared) shared.spent = true;
    const stop = () => {
      stopTimer();
      stopListening?.();
      shared?.fires.delete(fire);
      if (shared?.fires.size === 0) held.delete(shared);
    };
    const fire = () => {
      stop();
      begun.end();
      dispatch(run, { type: 'due', task });
    };
    const stopTimer = clock.after(ms, fire);
    const stopListening = parked ? connectivity.onWake(fire) : undefined;
    const begun = run.tasks.begin(task, stop);
    // Not its own pause is what it waits for.
    if (!shared || ms > shared.lot.hold) return;
    shared.fires.add(fire);
    held.add(shared);
  }

  /** Keeps count of bytes and of time without progress. */
  function measure(run: Run<Body>, event: UploadEvent): void {
    run.meter = meterAfter(run.meter, run.state, event, clock.now());
    if (isBeginning(event)) run.idle = 0;
  }

  /** A bug in a listener is the app's to hear of, and changes nothing here. */
  function guard(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      toConsole(error);
    }
  }

  function toConsole(error: unknown): void {
    clock.after(0, () => {
      throw error;
    });
  }

  function publish(run: Run<Body>): void {
    const now = clock.now();
    guard(() => run.listener.onSnapshot(snapshotOf(run.state, readMeter(run.meter, now), now, attempts.isBlind)));
  }

  /**
   * Once a second while uploads run: speeds fall when nothing moves, and time without progress adds up. A tick counts
   * for 5 s at most, so that an hour of sleep is not taken for an hour of silence.
   */
  function tick(): void {
    if (running.size === 0) {
      stopTicking?.();
      stopTicking = undefined;
      return;
    }
    if (stopTicking) return;
    tickedAt = clock.now();
    stopTicking = clock.after(TICK, () => {
      stopTicking = undefined;
      const elapsed = Math.min(5_000, clock.now() - tickedAt);
      const online = connectivity.online();
      slots.tick();
      attempts.tick();
      for (const run of running) {
        if (online && !slots.isPaced) run.idle += elapsed;
        publish(run);
      }
      tick();
    });
  }

  return {
    start(source, intent, listener, { paused = false } = {}) {
      const run: Run<Body> = {
        source,
        intent,
        listener,
        rules: {
          size: source.size,
          signBatch: backend.signBatch,
          get lanes() {
            return allLanes();
          },
          // Nothing fails before it is there.
          afterFailure: (...failed) => (failures as Failures).afterFailure(...failed),
        },
        tasks: createTasks(),
        sums: new Map(),
        firstLook: undefined,
        state: INITIAL,
        meter: startMeter(source.size, clock.now()),
        idle: 0,
      };
      trace?.(intent.id, 'begun', intent);
      if (paused) dispatch(run, { type: 'pause' });
      opened.want(run, !paused);
      publish(run);
      pump();
      return {
        pause: () => dispatch(run, { type: 'pause' }),
        resume: () => dispatch(run, { type: 'resume' }),
        retry: () => dispatch(run, { type: 'retry' }),
        cancel: () => dispatch(run, { type: 'cancel' }),
      };
    },
  };
}
