/**
 * Calls and parts are tried here: one attempt is begun, its outcome goes to the upload machine, and the pause before the
 * next one is waited out. The retry budget that all uploads share is kept here too.
 */
import type { Failure } from '../failure.ts';
import { budgetWait, FREED, freed, fullBudget, type HeldRetry, refund, spend } from '../limits/retry-budget.ts';
import { asksForLess } from '../machine/retry-policy.ts';
import type { Command, Task, TaskFailed, UploadEvent } from '../machine/upload-state.ts';
import type { Ports } from '../ports.ts';
import type { Outcome } from '../vocabulary.ts';
import type { Run } from './run.ts';

export interface Attempts<Body> {
  /**
   * Makes one attempt of a task, and dispatches what came of it, unless the task was stopped in the meantime.
   * @param work - Gets the way to end itself. It may throw or reject: that is a bug of the app.
   * @param afterwards - Called once the attempt is over, stopped or not.
   */
  make<T>(
    run: Run<Body>,
    task: Task,
    work: (signal: AbortSignal, abort: () => void) => Promise<Outcome<T>>,
    event: (value: T) => UploadEvent,
    afterwards?: () => void,
  ): void;
  /** Waits for the time of the next attempt. */
  wait(run: Run<Body>, command: Extract<Command, { do: 'wait' }>): void;
}

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

export function createAttempts<Body>(
  { clock, random, connectivity }: Pick<Ports<Body>, 'clock' | 'random' | 'connectivity'>,
  on: {
    dispatch(run: Run<Body>, event: UploadEvent): void;
    /** The store wants to be asked less, or a part was given up for its silence. */
    onTooMuch(): void;
    /** An attempt that nobody waited for any more has come to its end: what it held is free. */
    onStopped(): void;
  },
): Attempts<Body> {
  /** Of the store and of the upload server: one may answer while the other is gone. */
  const budgets = { store: fullBudget(clock.now()), server: fullBudget(clock.now()) };
  /** Files whose creation goes by one call fail together: they draw one lot, take one token, and go on together. */
  let latest: Shared | undefined;
  const held = new Set<HeldRetry>();

  function succeeded(run: Run<Body>, task: Task, event: UploadEvent): void {
    // A signature alone moves nothing: the server may answer while the store is gone.
    if (task.step !== 'sign') run.idle = 0;
    const side = sideOf(task);
    budgets[side] = refund(budgets[side], FREED, clock.now());
    for (const { fires } of freed(held, side)) for (const fire of [...fires]) fire();
    on.dispatch(run, event);
  }

  function failed(run: Run<Body>, task: Task, { failure, sent }: Extract<Outcome<never>, { ok: false }>): void {
    if (task.step === 'part' && (failure.kind === 'stalled' || asksForLess(failure))) on.onTooMuch();
    const now = clock.now();
    if (latest?.failure !== failure || now - latest.at > AT_ONCE) {
      const side = sideOf(task);
      const lot = { random: random(), hold: budgetWait(budgets[side], now) };
      latest = { failure, at: now, lot, spent: false, side, fires: new Set() };
    }
    const online = connectivity.online();
    on.dispatch(run, { type: 'failed', task, failure, sent, ...latest.lot, idle: run.idle, online });
  }

  function make<T>(
    run: Run<Body>,
    task: Task,
    work: (signal: AbortSignal, abort: () => void) => Promise<Outcome<T>>,
    event: (value: T) => UploadEvent,
    afterwards?: () => void,
  ): void {
    const controller = new AbortController();
    const abort = () => controller.abort();
    const begun = run.tasks.begin(task, abort);
    const finish = (outcome: Outcome<T>) => {
      afterwards?.();
      if (!begun.end()) on.onStopped();
      else if (outcome.ok) succeeded(run, task, event(outcome.value));
      else failed(run, task, outcome);
    };
    // A promise that rejects comes from the app's own function, which may also throw before it returns one.
    new Promise<Outcome<T>>((resolve) => resolve(work(controller.signal, abort))).then(finish, (cause: unknown) =>
      finish({ ok: false, failure: { kind: 'app-callback', cause } }),
    );
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
      on.dispatch(run, { type: 'due', task });
    };
    const stopTimer = clock.after(ms, fire);
    const stopListening = parked ? connectivity.onWake(fire) : undefined;
    const begun = run.tasks.begin(task, stop);
    // Not its own pause is what it waits for.
    if (!shared || ms > shared.lot.hold) return;
    shared.fires.add(fire);
    held.add(shared);
  }

  return { make, wait };
}
