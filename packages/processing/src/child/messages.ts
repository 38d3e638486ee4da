import type { ProcessedFile } from '../file.ts';
import type { StepOutcome } from '../step.ts';

/** What a child is asked. */
export interface Asked {
  /** URL of a module that exports `work`. */
  readonly module: string;
  readonly file: ProcessedFile;
  readonly path: string;
  readonly folder: string;
  readonly options: object;
}

/** What a child says. */
export type Said =
  | { readonly outcome: StepOutcome<unknown> }
  /** What `work` threw. */
  | { readonly thrown: string }
  /** Its resident memory, in bytes. */
  | { readonly rss: number };
