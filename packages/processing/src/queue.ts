/** What a queue is asked to keep: its id, and whatever JSON says what to do. */
export interface QueuedJob {
  /** A UUID. A queue that knows it already, waiting, running or over, takes no second one. */
  readonly id: string;
  readonly data: object;
}

/** A job that a worker holds. */
export interface TakenJob {
  readonly id: string;
  readonly data: unknown;
  /** The first one is 1. */
  readonly attempt: number;
  /** Whether the job has failed for good if this attempt fails. */
  readonly isLast: boolean;
  /** Ends when the time of the attempt is over, or the queue closes. */
  readonly signal: AbortSignal;
}

/** Where a job is. One that waits for its next attempt is `waiting`. */
export type JobState = 'waiting' | 'running' | 'done' | 'failed';

/** How the jobs of one pipeline are to be treated. */
export interface JobRules {
  /** Longest time of one attempt, in seconds. */
  readonly seconds: number;
  /** How often a job is attempted; then it has failed for good, and its copy waits among the dead letters. */
  readonly attempts: number;
}

/** How many jobs of a pipeline are in which state. Those that are over are forgotten after some days. */
export type JobCounts = Readonly<Record<JobState, number>>;

/** Jobs that a queue hands out; ends with the ones in hand. */
export interface Working {
  /** Takes no more jobs, and waits for those in hand. */
  stop(): Promise<void>;
}

/**
 * Where jobs wait for their worker, by the name of their pipeline. Each job is given to one worker at a time, and again to
 * another one where a worker is gone: at least once.
 */
export interface Queue {
  /** Says what the rules of a pipeline are. Called before everything else of it, by each process. */
  open(pipeline: string, rules: JobRules): Promise<void>;
  /**
   * Keeps a job; when the promise resolves it outlives the process.
   * @param again Also one that is over already.
   */
  add(pipeline: string, job: QueuedJob, options?: { again?: boolean }): Promise<void>;
  /** Undefined where the job is not known, or forgotten. */
  state(pipeline: string, id: string): Promise<JobState | undefined>;
  counts(pipeline: string): Promise<JobCounts>;
  /** Gives jobs to `run`, at most so many at once. One that throws is tried again later, as the rules say. */
  work(pipeline: string, atOnce: number, run: (job: TakenJob) => Promise<void>): Promise<Working>;
  /** Stops all work, and waits for the jobs in hand. */
  close(): Promise<void>;
}
