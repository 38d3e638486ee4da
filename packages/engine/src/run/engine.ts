/** The run loop: tells the upload machine what happened, and has done what the machine asks for. Decides nothing. */

import { createProving } from '../checksums/proving.ts';
import { createAttemptWatch } from '../limits/attempt-watch.ts';
import { createHosts } from '../limits/hosts.ts';
import { createOpenUploads } from '../limits/open-uploads.ts';
import { createSendLimiter, type SendLimiter } from '../limits/send-limiter.ts';
import { createTicker } from '../limits/timers.ts';
import { isOpen, transition, wantedSlots } from '../machine/upload-machine.ts';
import type { Command, UploadEvent } from '../machine/upload-state.ts';
import type { Ports, Source } from '../ports.ts';
import { isBeginning, meterAfter, partMoved, readMeter } from '../telling/progress.ts';
import { snapshotOf, waitsFor } from '../telling/status.ts';
import type { Intent } from '../vocabulary.ts';
import { createAttempts } from './attempts.ts';
import { createCalls } from './calls.ts';
import type { EngineOptions } from './engine-options.ts';
import { createPartSender } from './part-attempt.ts';
import { createRun, type Run } from './run.ts';
import type { Upload, UploadListener } from './upload.ts';

export interface Engine<Body> {
  /** Starts an upload, or with `paused` has one ready that waits for `resume`. */
  start(source: Source<Body>, intent: Intent, listener: UploadListener, options?: { paused?: boolean }): Upload;
}

export function createEngine<Body>(
  ports: Ports<Body>,
  { concurrency: chosen, bandwidthLimit = () => undefined, looksAgain = () => true, trace }: EngineOptions = {},
): Engine<Body> {
  const { backend, clock, connectivity } = ports;
  const concurrency = chosen ?? 6;
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new RangeError(`\`concurrency\` must be a whole number above 0, not ${concurrency}.`);
  const priorityOf = ({ intent }: Run<Body>) => intent.priority ?? 0;
  const hosts = createHosts(clock, ports.packs);
  const requestsAtOnce = () => concurrency * hosts.count;
  const limiter: SendLimiter<Run<Body>> = createSendLimiter<Run<Body>>(clock, {
    most: concurrency,
    hosts: () => hosts.count,
    smallAtOnce: () => (chosen === undefined ? hosts.smallAtOnce : 0),
    isPacking: () => hosts.isPacking,
    bandwidthLimit,
    sizeOf: ({ source }) => source.size,
    priorityOf,
    isSaving: () => connectivity.savesData?.() === true,
    silent: () => watch.silent,
    onReady: pump,
  });
  const openUploads = createOpenUploads<Run<Body>>(requestsAtOnce, () => limiter.smallAtOnce, priorityOf);
  const running = new Set<Run<Body>>();
  const isHeld = () => connectivity.isHeld?.() === true;
  const watch = createAttemptWatch<Run<Body>>(clock, {
    isOnline: connectivity.online,
    between: () => connectivity.between?.(),
    isHeld,
    isFull: () => limiter.isFull,
    onSilent: (run, partNumber) => dispatch(run, { type: 'silent', partNumber }),
    onHeard: (run, partNumber) => dispatch(run, { type: 'heard', partNumber }),
  });
  const attempts = createAttempts<Body>(ports, { dispatch, onTooMuch: limiter.narrow, onStopped: pump });
  const calls = createCalls(ports, createProving(ports, looksAgain), attempts, {
    concurrency: requestsAtOnce,
    // With a bandwidth limit the smallest parts make the shortest bursts; where only answers show progress, short steps.
    speed: () =>
      bandwidthLimit() || (!watch.speed && watch.hiding === 'surely') ? { rate: 0, answer: 0 } : watch.speed,
  });
  const send = createPartSender(ports, { attempts, watch, hosts, limiter, trace, onMoved });
  /** Speeds fall when nothing moves, and time without progress adds up. */
  const tick = createTicker(clock, {
    isWanted: () => running.size > 0,
    onTick(elapsed) {
      const online = connectivity.online();
      limiter.tick();
      watch.tick();
      for (const run of running) {
        if (online && !limiter.isLimited && !isHeld()) run.idle += elapsed;
        publish(run);
      }
    },
  });
  let pumping = false;

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
    trace?.(run.intent.id, 'turned', event, commands, state, limiter.limit);
    if (isOpen(before) && !isOpen(state)) openUploads.release(run);
    if (state !== before) measure(run, event);
    if (event.type === 'stored' && before.at === 'sending' && before.session.kind === 'multipart')
      guard(() => run.listener.onPartStored?.(event.part));
    for (const command of commands) carryOut(run, command);
    limiter.want(run, wantedSlots(state, run.rules, clock.now()));
    openUploads.want(run, state.at === 'waiting');
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
      for (let run = openUploads.take(); run; run = openUploads.take()) {
        dispatch(run, { type: 'open' });
        if (!isOpen(run.state)) openUploads.release(run);
      }
      for (let run = limiter.take(); run; run = limiter.take()) {
        const sent = dispatch(run, { type: 'slot' });
        if (sent) continue;
        limiter.release(0, 0);
        limiter.want(run, 0);
      }
    } finally {
      pumping = false;
    }
  }

  function carryOut(run: Run<Body>, command: Command): void {
    if (command.do === 'send') send(run, command);
    else if (command.do === 'stop') run.tasks.stopPart(command.partNumber);
    else if (command.do === 'wait') attempts.wait(run, command);
    else if (command.do === 'abandon') run.tasks.stopAll();
    else if (command.do === 'discard') calls.discard(command.session);
    else calls.make(run, command);
  }

  function onMoved(run: Run<Body>, partNumber: number, loaded: number): void {
    // Of two attempts, the one that is ahead counts.
    if (loaded <= (run.meter.inFlight.get(partNumber) ?? 0)) return;
    const before = run.meter.high;
    run.meter = partMoved(run.meter, partNumber, loaded, clock.now());
    if (run.meter.high > before) run.idle = 0;
    publish(run);
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
    const { state, meter } = run;
    const shown = snapshotOf(state, readMeter(meter, now), now, watch.isBlind);
    guard(() => run.listener.onSnapshot({ ...shown, waitsFor: waitsFor(state, meter, now, isHeld()) }));
  }

  return {
    start(source, intent, listener, { paused = false } = {}) {
      const limits = { signBatch: backend.signBatch, concurrency: requestsAtOnce };
      const run = createRun({ source, intent, listener }, limits);
      trace?.(intent.id, 'begun', intent);
      if (paused) dispatch(run, { type: 'pause' });
      openUploads.want(run, !paused);
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
