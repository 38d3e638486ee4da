import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Children } from './child/children.ts';
import { ProcessingError } from './errors.ts';
import { folderOf, type ProcessedFile, resultKey, stepFolder } from './file.ts';
import type { Pipeline, ResultsOf } from './pipeline.ts';
import { failedResult, type StepResult } from './result.ts';
import type { Results } from './results.ts';
import type { Step, StepOutcome } from './step.ts';
import type { Store } from './store.ts';
import { storeVariant } from './store-variant.ts';

export interface JobContext {
  readonly store: Store;
  readonly results: Results;
  readonly children: Children;
  /** What keys of what is made start with. */
  readonly prefix: string;
  /** Hears of each step that has a result now. */
  readonly onStep: (file: ProcessedFile, step: Step, result: StepResult, seconds: number) => void;
}

/** How an attempt is bounded. */
export interface Attempt {
  /** Whether the job has failed for good if this attempt fails. */
  readonly isLast: boolean;
  readonly attempt: number;
  readonly signal: AbortSignal;
}

/**
 * Takes the steps that have no result yet. May be done twice, also at the same time: the same bytes go to the same keys, and a
 * result is stored after its files.
 */
export async function runJob(
  context: JobContext,
  pipeline: Pipeline,
  file: ProcessedFile,
  attempt: Attempt,
): Promise<void> {
  const { store, results, prefix } = context;
  const seen = await store.headObject(file.key);
  // Removed, or replaced by another version that has a job of its own.
  if (seen === undefined || seen.etag !== file.etag) return;
  const folder = folderOf(prefix, file);
  const known = await results.read(folder, pipeline.steps, true);
  // Named after this process: what one that is gone has left can be told.
  const work = await mkdtemp(join(tmpdir(), `portage-processing-${process.pid}-`));
  try {
    let copy: Promise<string> | undefined;
    const fetched = () => {
      copy ??= download(store, file, seen, join(work, 'file'), attempt.signal);
      return copy;
    };
    for (const step of pipeline.steps) {
      if (known.has(step.name)) continue;
      const started = performance.now();
      const path = await fetched();
      const own = join(work, step.name);
      await mkdir(own);
      const outcome = await take(context, step, { file, path, folder: own }, attempt);
      const seconds = (performance.now() - started) / 1000;
      const result = await keep(store, stepFolder(folder, step), outcome, seconds);
      await results.write(resultKey(folder, step), result);
      known.set(step.name, result);
      context.onStep(file, step, result, seconds);
      await rm(own, { recursive: true, force: true });
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  await pipeline.onProcessed?.(file, Object.fromEntries(known) as ResultsOf<readonly Step[]>);
}

/** Bytes that are asked for at once: a store's response is read whole. */
const PIECE = 4 * 1024 ** 2;

async function download(
  store: Store,
  { key }: ProcessedFile,
  seen: Awaited<ReturnType<Store['headObject']>> & object,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const file = await open(path, 'w');
  try {
    for (let start = 0; start < seen.size; start += PIECE) {
      signal.throwIfAborted();
      await file.write(await store.read({ key, seen, start, end: Math.min(start + PIECE, seen.size) }));
    }
  } finally {
    await file.close();
  }
  return path;
}

/** What may be the file's fault; it is tried once more, since the machine may have been at its end. */
const COSTLY = ['step-crashed', 'step-too-slow', 'step-too-large'];

async function take(
  { children }: JobContext,
  step: Step,
  given: { file: ProcessedFile; path: string; folder: string },
  { attempt, isLast, signal: whole }: Attempt,
): Promise<StepOutcome<unknown>> {
  const late = new ProcessingError('step-too-slow', `The step ${step.name} took over ${step.seconds} s.`);
  const controller = new AbortController();
  const end = () => controller.abort(whole.reason);
  whole.addEventListener('abort', end);
  const timer = setTimeout(() => controller.abort(late), step.seconds * 1000);
  const { signal } = controller;
  try {
    whole.throwIfAborted();
    const aborted = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
    );
    const running = step.run({
      ...given,
      signal,
      inChild: <R>(module: URL, options: object) =>
        children.run(
          { module: built(module), ...given, options },
          { seconds: step.seconds, memory: step.memory, signal },
        ) as Promise<StepOutcome<R>>,
    });
    return await Promise.race([running, aborted]);
  } catch (error) {
    if (error instanceof ProcessingError && COSTLY.includes(error.code) && (attempt > 1 || isLast))
      return { kind: 'unreadable', code: 'too-costly', why: error.message };
    throw error;
  } finally {
    clearTimeout(timer);
    whole.removeEventListener('abort', end);
  }
}

/** Sources are not run by Node itself: a test has them built before. */
export const built = ({ href }: URL) => href.replace(/\/packages\/processing\/src\//, '/packages/processing/dist/');

async function keep(store: Store, folder: string, outcome: StepOutcome<unknown>, seconds: number): Promise<StepResult> {
  if (outcome.kind === 'skipped') return { state: 'skipped', why: outcome.why };
  if (outcome.kind === 'unreadable') return failedResult(outcome.code, outcome.why);
  const files = await Promise.all((outcome.files ?? []).map((made) => storeVariant(store, folder, made)));
  return { state: 'done', result: outcome.result, files, seconds: Math.round(seconds * 1000) / 1000 };
}
