import type { Asker } from '../asking.ts';

/** One thing that uploads depend on, and stores answer differently. */
export interface Question {
  readonly title: string;
  /** The mimic refuses what it does not keep, whatever the store does with it: they are not compared. */
  readonly notKept?: true;
  /** What a race comes to is chance: it is told, and not compared. */
  readonly byChance?: true;
  /** A short answer, without anything that differs from one time to the next. */
  ask(asker: Asker): Promise<string>;
}
