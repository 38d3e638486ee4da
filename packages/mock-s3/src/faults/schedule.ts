import type { RequestInfo } from '../journal/request-info.ts';
import type { PlannedFault } from './fault-plan.ts';
import { isOneOf, matchesAim } from './matches-aim.ts';
import { Ordinals } from './ordinals.ts';
import { type Phase, phaseOf } from './phase.ts';
import { seededRandom } from './random.ts';
import type { FaultRule } from './rule.ts';

interface RunningRule {
  readonly rule: FaultRule;
  readonly phase: Phase;
  /** How many requests the aim has fitted. */
  matched: number;
}

/**
 * Rules at work. Chance is drawn for each request from the seed, the rule, and what the request is (its operation, part
 * number and attempt, and how many keys and uploads came before), never from the order in which requests arrive, nor
 * from names that differ from run to run.
 */
export class RunningSchedule {
  readonly #seed: number | string;
  readonly #rules: readonly RunningRule[];
  readonly #ended = new AbortController();
  readonly #ordinals = new Ordinals();

  constructor(seed: number | string, rules: readonly FaultRule[]) {
    this.#seed = seed;
    const started = performance.now();
    const now = (): number => performance.now() - started;
    this.#rules = rules.map((rule) => ({ rule, phase: phaseOf(rule.during, now, this.#ended.signal), matched: 0 }));
  }

  /** The faults that a request meets. */
  plan(request: RequestInfo): readonly PlannedFault[] {
    const identity = this.#ordinals.identify(request);
    return this.#rules.flatMap((running, index) => {
      const { rule, phase } = running;
      if (!matchesAim(rule, request)) return [];
      running.matched += 1;
      if (!isOneOf(rule.nth, running.matched)) return [];
      const random = seededRandom(this.#seed, index, ...identity);
      if (random() >= (rule.probability ?? 1)) return [];
      return [rule.fault].flat().map((fault) => ({ fault, phase, random }));
    });
  }

  /** Whether not even a connection can be made. */
  isDown(): boolean {
    return this.#rules.some(({ rule, phase }) => isForAll(rule) && phase.isOn());
  }

  /** Nothing of it is in force any more, not even for requests under way. */
  end(): void {
    this.#ended.abort();
  }
}

/** Whether a rule takes down everything, and not only some requests. */
function isForAll({ name: _, during: __, fault, ...aim }: FaultRule): boolean {
  return Object.keys(aim).length === 0 && [fault].flat().some(({ kind }) => kind === 'down');
}
