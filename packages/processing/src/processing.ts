import { readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChildren } from './child/children.ts';
import { ProcessingError } from './errors.ts';
import { folderOf, jobId, type ProcessedFile, resultKey } from './file.ts';
import { createMeter, type ProcessingMetrics } from './metrics.ts';
import type { Pipeline } from './pipeline.ts';
import type { JobCounts, Queue, TakenJob, Working } from './queue.ts';
import type { StepResult } from './result.ts';
import { createResults } from './results.ts';
import { type Attempt, runJob } from './run-job.ts';
import type { ProcessingStatus, ShownVariant, StepStatus } from './status.ts';
import type { Step } from './step.ts';
import type { Store } from './store.ts';
import { type Swept, sweep } from './sweep.ts';

/** Pipelines by name. */
export type Pipelines = Readonly<Record<string, Pipeline>>;

export interface ProcessingOptions<P> {
  /** Where the files are, and what is made of them goes. @example s3FromEnv(process.env) */
  readonly storage: Store;
  /** @example embeddedQueue({ folder: '.data/queue' }) */
  readonly queue: Queue;
  /** What is made of which files, by name: letters, digits, `-` and `_`. */
  readonly pipelines: P;
  /** What the keys of all that is made start with; the key of its file follows. @default 'processed/' */
  readonly prefix?: string;
  /**
   * How often a file is attempted before its job is a dead letter: store and queue may be away for a while.
   * @default 8
   */
  readonly attempts?: number;
  /**
   * The address that a page shows a variant by. @default one with a signature, good for half an hour to an hour
   * @example (key) => `https://cdn.example/${key}`
   */
  readonly url?: (key: string) => string | Promise<string>;
  /** Hears of what fails in the background; it is tried again. @default console.error */
  readonly onError?: (error: unknown) => void;
}

/** Files become useful: see {@link createProcessing}. */
export interface Processing<P extends Pipelines = Pipelines> {
  readonly pipelines: P;
  /** Has a file processed: once, however often it is asked for. Resolves when the queue keeps the job. */
  enqueue(pipeline: keyof P & string, file: ProcessedFile): Promise<void>;
  /** How far a file is. */
  status<K extends keyof P & string>(pipeline: K, file: ProcessedFile): Promise<ProcessingStatus<P[K]['steps']>>;
  /**
   * Resolves when something of a file may have changed: at once where a worker of this process has changed it, else after
   * `milliseconds`.
   */
  changed(file: ProcessedFile, milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Works on files until it is stopped; `atOnce` of them. @default all pipelines, as many at once as there are processors */
  work(options?: { readonly pipelines?: readonly (keyof P & string)[]; readonly atOnce?: number }): Promise<Working>;
  /**
   * Enqueues stored files that have no result: those whose enqueuing was lost, those of before there was a pipeline, and
   * those of other versions of its steps. Run it now and then, on one server.
   * @param prefix What the keys of the files start with.
   */
  sweep(pipeline: keyof P & string, prefix: string, options?: SweepOptions): Promise<Swept>;
  /** Jobs by state, of each pipeline. */
  counts(): Promise<Readonly<Record<keyof P & string, JobCounts>>>;
  metrics(): ProcessingMetrics;
  /** Stops work, and closes the queue. */
  close(): Promise<void>;
}

export interface SweepOptions {
  /** Leaves out files that were stored less than so many seconds ago: they may be under way. @default 300 */
  readonly olderThan?: number;
}

/**
 * Makes something of stored files: on a queue, in workers, with results beside the originals in the store.
 * @example
 * const processing = createProcessing({
 *   storage: s3FromEnv(process.env),
 *   queue: embeddedQueue({ folder: '.data/queue' }),
 *   pipelines: { photos: pipeline([metadata(), image()]) },
 * });
 * await processing.work();
 */
export function createProcessing<const P extends Pipelines>(options: ProcessingOptions<P>): Processing<P> {
  const { storage: store, queue, pipelines, prefix = 'processed/', attempts = 8, onError = console.error } = options;
  const url = options.url ?? ((key: string) => store.signGet({ key, lifetime: 3600 }));
  const wrong = Object.keys(pipelines).find((name) => !/^[\w-]+$/.test(name));
  if (wrong !== undefined)
    throw new TypeError(`The pipeline "${wrong}" may have only letters, digits, - and _ in its name.`);
  const results = createResults(store);
  const children = createChildren();
  const meter = createMeter();
  const working = new Set<Working>();
  const listeners = new Map<string, Set<() => void>>();

  function stepsOf(name: string): readonly Step[] {
    const found = Object.hasOwn(pipelines, name) ? pipelines[name] : undefined;
    if (found !== undefined) return found.steps;
    throw new ProcessingError(
      'no-such-pipeline',
      `There is no pipeline "${name}"; there are ${Object.keys(pipelines)}.`,
    );
  }

  /** Has the queue know the pipeline. */
  async function open(name: string): Promise<readonly Step[]> {
    const steps = stepsOf(name);
    // The file has to come from the store, too.
    const seconds = 300 + steps.reduce((sum, step) => sum + step.seconds, 0);
    await queue.open(name, { seconds, attempts });
    return steps;
  }

  const tell = (file: ProcessedFile) => {
    for (const listener of listeners.get(folderOf(prefix, file)) ?? []) listener();
  };

  async function run(name: string, { data, ...job }: TakenJob): Promise<void> {
    const pipeline = pipelines[name] as Pipeline;
    const file = data as ProcessedFile;
    const onStep = (of: ProcessedFile, step: Step, result: StepResult, seconds: number) => {
      meter.step(step.name, result, seconds);
      tell(of);
    };
    try {
      await runJob({ store, results, children, prefix, onStep }, pipeline, file, job satisfies Attempt);
      meter.file();
    } catch (error) {
      meter.failedAttempt();
      onError(error);
      throw error;
    }
  }

  async function shown(result: StepResult): Promise<StepStatus> {
    if (result.state !== 'done') return result;
    const files = await Promise.all(
      result.files.map(async (file): Promise<ShownVariant> => ({ ...file, url: await url(file.key) })),
    );
    return { ...result, files };
  }

  return {
    pipelines,

    async enqueue(name, file) {
      const steps = await open(name);
      const { key, etag, size, type, name: called } = file;
      await queue.add(name, { id: jobId(name, steps, file), data: { key, etag, size, type, name: called } });
    },

    async status(name, file) {
      const steps = await open(name);
      const known = await results.read(folderOf(prefix, file), steps);
      const entries = await Promise.all(
        steps.map(async ({ name: step }) => {
          const result = known.get(step);
          return [step, result === undefined ? { state: 'waiting' } : await shown(result)] as const;
        }),
      );
      const isDone = known.size === steps.length;
      const job = isDone ? 'done' : await queue.state(name, jobId(name, steps, file));
      // A job that is over without results, or that nobody knows, is found by the next sweep.
      const state = isDone ? 'done' : job === 'running' || job === 'failed' ? job : 'queued';
      const status = { state, done: known.size, total: steps.length, steps: Object.fromEntries(entries) };
      return status as unknown as ProcessingStatus<(typeof pipelines)[typeof name]['steps']>;
    },

    changed(file, milliseconds, signal) {
      return new Promise((resolve) => {
        const key = folderOf(prefix, file);
        const own = listeners.get(key) ?? new Set();
        listeners.set(key, own);
        const end = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', end);
          own.delete(end);
          if (own.size === 0) listeners.delete(key);
          resolve();
        };
        const timer = setTimeout(end, milliseconds);
        own.add(end);
        signal?.addEventListener('abort', end);
        if (signal?.aborted) end();
      });
    },

    async work({ pipelines: names = Object.keys(pipelines), atOnce = availableParallelism() } = {}) {
      await removeLeftovers();
      for (const name of names) await open(name);
      const all = await Promise.all(names.map((name) => queue.work(name, atOnce, (job) => run(name, job))));
      const one: Working = {
        async stop() {
          working.delete(one);
          await Promise.all(all.map((each) => each.stop()));
        },
      };
      working.add(one);
      return one;
    },

    async sweep(name, of, { olderThan = 300 } = {}) {
      const steps = await open(name);
      const before = Date.now() - olderThan * 1000;
      return sweep(store, of, { prefix, before }, async (file) => {
        const keys = new Set<string>();
        for await (const { key } of store.listObjects(folderOf(prefix, file))) keys.add(key);
        if (steps.every((step) => keys.has(resultKey(folderOf(prefix, file), step)))) return false;
        await queue.add(name, { id: jobId(name, steps, file), data: file }, { again: true });
        return true;
      });
    },

    async counts() {
      const names = Object.keys(pipelines);
      for (const name of names) await open(name);
      const entries = await Promise.all(names.map(async (name) => [name, await queue.counts(name)] as const));
      return Object.fromEntries(entries) as Record<keyof P & string, JobCounts>;
    },

    metrics: meter.read,

    async close() {
      await Promise.all([...working].map((each) => each.stop()));
      await queue.close();
      children.close();
    },
  };
}

/** Copies of files that workers have left on this disk when they were killed. */
async function removeLeftovers(): Promise<void> {
  const names = await readdir(tmpdir());
  const left = names.filter((name) => {
    const pid = Number(/^portage-processing-(\d+)-/.exec(name)?.[1]);
    return pid > 0 && pid !== process.pid && !isAlive(pid);
  });
  await Promise.all(left.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true })));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
