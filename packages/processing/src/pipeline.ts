import type { ProcessedFile } from './file.ts';
import type { StepResult } from './result.ts';
import type { Step } from './step.ts';

/** What each step of a pipeline came to, by its name. */
export type ResultsOf<S extends readonly Step[]> = {
  readonly [K in S[number] as K['name']]: K extends Step<string, infer R> ? StepResult<R> : never;
};

/** Steps that are taken for a file, one after another. */
export interface Pipeline<S extends readonly Step[] = readonly Step[]> {
  readonly steps: S;
  onProcessed?(file: ProcessedFile, results: ResultsOf<S>): unknown;
}

export interface PipelineOptions<S extends readonly Step[]> {
  /**
   * Runs on the worker when every step has its result: at least once for each file. What it throws has it run again.
   * @default nothing
   */
  onProcessed?(file: ProcessedFile, results: ResultsOf<S>): unknown;
}

/**
 * Steps that are taken for a file, in this order; what the first one finds is told while the others work.
 * @example pipeline([metadata(), image({ widths: [320, 1280], formats: ['webp', 'avif'] })])
 * @throws TypeError where two steps have one name, or a step a time that no timer can wait for.
 */
export function pipeline<const S extends readonly Step[]>(steps: S, options: PipelineOptions<S> = {}): Pipeline<S> {
  const names = steps.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new TypeError(`Two steps of the pipeline are called "${twice}".`);
  if (names.length === 0) throw new TypeError('A pipeline needs a step.');
  // A timer that is set to more, `Infinity` too, is over at once, and so would be the step.
  const endless = steps.find(({ seconds }) => !(seconds > 0 && seconds * 1000 < 2 ** 31));
  if (endless)
    throw new TypeError(
      `The step "${endless.name}" may take ${endless.seconds} s: it must be more than 0, and less than 24 days.`,
    );
  return { steps, ...options };
}
