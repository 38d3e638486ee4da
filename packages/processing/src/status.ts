import type { Pipeline, ResultsOf } from './pipeline.ts';
import type { StepResult, StoredVariant } from './result.ts';
import type { Step } from './step.ts';

/** A file that a step has made, with an address that a page may show it by. */
export interface ShownVariant extends StoredVariant {
  readonly url: string;
}

/** As {@link StepResult}, with addresses; `waiting` where there is none yet. */
export type StepStatus<R = unknown> =
  | { readonly state: 'waiting' }
  | Exclude<StepResult<R>, { state: 'done' }>
  | (Omit<Extract<StepResult<R>, { state: 'done' }>, 'files'> & { readonly files: readonly ShownVariant[] });

/** How far the processing of a file is. */
export interface ProcessingStatus<S extends readonly Step[] = readonly Step[]> {
  /** `failed` where the workers have given up; what is wrong with a file is `done`, with a step that has failed. */
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  /** Steps that have a result, of `total`. */
  readonly done: number;
  readonly total: number;
  readonly steps: {
    readonly [K in keyof ResultsOf<S>]: ResultsOf<S>[K] extends StepResult<infer R> ? StepStatus<R> : never;
  };
}

/**
 * How far a file in a pipeline is, for a page that knows `processing` by its type alone.
 * @example type Photo = StatusOf<typeof processing, 'photos'>
 */
export type StatusOf<P, K extends string> = P extends { readonly pipelines: Readonly<Record<K, Pipeline<infer S>>> }
  ? ProcessingStatus<S>
  : never;
