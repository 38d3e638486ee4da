import type { RequestInfo } from '../journal/request-info.ts';
import type { PlannedFault } from './fault-plan.ts';
import { type FaultSchedule, type Faults, parseFaults, rulesOf } from './faults.ts';
import type { FaultRule } from './rule.ts';
import { RunningSchedule } from './schedule.ts';

/** Sets what goes wrong, while the store runs. */
export interface FaultControl {
  /** The schedule in force. */
  readonly schedule: FaultSchedule;
  /**
   * Replaces the schedule: its clock and its counters begin anew, and what the old one did to requests under way ends.
   * @throws {InvalidFaults} If it is no schedule.
   */
  set(faults: Faults): void;
  /** Adds a rule to those in force, with a clock and counters of its own. @returns Takes it away again. */
  add(rule: FaultRule): () => void;
  /** Nothing goes wrong any more. */
  clear(): void;
}

/** The writing and the reading side of the faults of a store. */
export class StoreFaults implements FaultControl {
  #schedule: FaultSchedule = {};
  #running = new RunningSchedule(1, []);
  readonly #added = new Map<FaultRule, RunningSchedule>();

  get schedule(): FaultSchedule {
    return this.#added.size === 0
      ? this.#schedule
      : { ...this.#schedule, rules: [...(this.#schedule.rules ?? []), ...this.#added.keys()] };
  }

  set(faults: Faults): void {
    const schedule = parseFaults(faults);
    this.clear();
    this.#schedule = schedule;
    this.#running = new RunningSchedule(schedule.seed ?? 1, rulesOf(schedule));
  }

  add(rule: FaultRule): () => void {
    parseFaults([rule]);
    const own = { ...rule };
    const running = new RunningSchedule(this.#schedule.seed ?? 1, [own]);
    this.#added.set(own, running);
    return () => {
      this.#added.delete(own);
      running.end();
    };
  }

  clear(): void {
    this.#running.end();
    for (const running of this.#added.values()) running.end();
    this.#added.clear();
    this.#schedule = {};
    this.#running = new RunningSchedule(1, []);
  }

  /** The faults that a request meets. */
  plan(request: RequestInfo): readonly PlannedFault[] {
    return [this.#running, ...this.#added.values()].flatMap((running) => running.plan(request));
  }

  /** Whether not even a connection can be made. */
  isDown(): boolean {
    return this.#running.isDown() || [...this.#added.values()].some((running) => running.isDown());
  }
}
