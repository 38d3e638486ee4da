/** A file that waits to be prepared. */
export interface Waiting {
  readonly id: string;
  readonly isPaused: boolean;
}

/** Files that were started together: Uppy sends none of them before all are prepared. */
export interface Batch {
  readonly waiting: readonly Waiting[];
  /** Whether one of them, not paused, has nothing to do but wait for the others. */
  readonly isHeldUp: boolean;
}

/**
 * Which file is prepared next. A paused one comes last, and only where others would wait for it: it is prepared then, and not
 * sent. Undefined where there is nothing to do for now.
 */
export function nextFile(batches: readonly Batch[]): string | undefined {
  const wanted = batches.flatMap(({ waiting }) => waiting).find(({ isPaused }) => !isPaused);
  return (wanted ?? batches.find(({ isHeldUp, waiting }) => isHeldUp && waiting.length > 0)?.waiting[0])?.id;
}
