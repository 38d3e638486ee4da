export { ProcessingError, type ProcessingErrorCode } from './errors.ts';
export type { JobCounts, JobRules, JobState, Queue, QueuedJob, TakenJob, Working } from './queue.ts';
