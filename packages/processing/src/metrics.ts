import type { StepResult } from './result.ts';

/** What the workers of this process have done since it began. */
export interface ProcessingMetrics {
  /** Files whose every step has a result. */
  readonly files: number;
  /** Attempts that failed, and are made again or have failed for good. */
  readonly failedAttempts: number;
  readonly steps: Readonly<
    Record<
      string,
      { readonly done: number; readonly skipped: number; readonly failed: number; readonly seconds: number }
    >
  >;
}

export interface Meter {
  step(name: string, result: StepResult, seconds: number): void;
  file(): void;
  failedAttempt(): void;
  read(): ProcessingMetrics;
}

export function createMeter(): Meter {
  const steps = new Map<string, { done: number; skipped: number; failed: number; seconds: number }>();
  let files = 0;
  let failedAttempts = 0;
  return {
    step(name, { state }, seconds) {
      const own = steps.get(name) ?? { done: 0, skipped: 0, failed: 0, seconds: 0 };
      own[state] += 1;
      own.seconds += seconds;
      steps.set(name, own);
    },
    file: () => void files++,
    failedAttempt: () => void failedAttempts++,
    read: () => ({
      files,
      failedAttempts,
      steps: Object.fromEntries([...steps].map(([name, own]) => [name, { ...own }])),
    }),
  };
}
