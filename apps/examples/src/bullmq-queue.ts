import type { JobRules, JobState, Queue } from '@portage/processing';
import { Queue as Bull, type ConnectionOptions, Worker } from 'bullmq';

/** A queue of processing on BullMQ, which keeps its jobs in Redis or Valkey. They are as lasting as that is told to be. */
export function bullQueue(connection: ConnectionOptions): Queue {
  const known = new Map<string, { bull: Bull; rules: JobRules }>();
  const workers = new Set<Worker>();
  const of = (pipeline: string) => {
    const found = known.get(pipeline);
    if (found === undefined) throw new Error(`The queue "${pipeline}" was not opened.`);
    return found;
  };

  return {
    async open(pipeline, rules) {
      const bull = known.get(pipeline)?.bull ?? new Bull(pipeline, { connection });
      known.set(pipeline, { bull, rules });
      await bull.waitUntilReady();
    },

    async add(pipeline, { id, data }, { again = false } = {}) {
      const { bull, rules } = of(pipeline);
      const before = again ? await bull.getJob(id) : undefined;
      if (before && ['completed', 'failed'].includes(await before.getState())) await before.remove();
      // A job whose id is known is added once.
      await bull.add('file', data, {
        jobId: id,
        attempts: rules.attempts,
        backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
        removeOnComplete: { age: 7 * 86_400 },
      });
    },

    async state(pipeline, id) {
      const state = await of(pipeline).bull.getJobState(id);
      return state === 'unknown' ? undefined : (STATES[state] ?? 'waiting');
    },

    async counts(pipeline) {
      const { active = 0, completed = 0, failed = 0, ...others } = await of(pipeline).bull.getJobCounts();
      const waiting = Object.values(others).reduce((sum, count) => sum + count, 0);
      return { waiting, running: active, done: completed, failed };
    },

    async work(pipeline, atOnce, run) {
      const { rules } = of(pipeline);
      const worker = new Worker(
        pipeline,
        async ({ id = '', data, attemptsMade }) =>
          run({
            id,
            data,
            attempt: attemptsMade + 1,
            isLast: attemptsMade + 1 >= rules.attempts,
            signal: AbortSignal.timeout(rules.seconds * 1000),
          }),
        // A worker that is silent for so long has lost its jobs to others, in milliseconds.
        {
          connection,
          concurrency: atOnce,
          lockDuration: 10_000,
          stalledInterval: 5000,
          maxStalledCount: rules.attempts,
        },
      );
      worker.on('error', console.error);
      workers.add(worker);
      await worker.waitUntilReady();
      return { stop: () => worker.close() };
    },

    async close() {
      await Promise.all([...workers].map((worker) => worker.close()));
      await Promise.all([...known.values()].map(({ bull }) => bull.close()));
    },
  };
}

const STATES: Partial<Record<string, JobState>> = { active: 'running', completed: 'done', failed: 'failed' };
