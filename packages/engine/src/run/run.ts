/** One upload as the engine runs it, and what it has under way. */
import { INITIAL } from '../machine/upload-machine.ts';
import type { Rules, Task, UploadState } from '../machine/upload-state.ts';
import type { FirstLook, PartChecksums, Source } from '../ports.ts';
import { type Meter, startMeter } from '../telling/progress.ts';
import type { Intent } from '../vocabulary.ts';
import type { UploadListener } from './upload.ts';

/** One upload as the engine runs it. */
export interface Run<Body> {
  readonly source: Source<Body>;
  readonly intent: Intent;
  readonly listener: UploadListener;
  readonly rules: Rules;
  readonly tasks: Tasks;
  /** Of the parts' bytes, as they were sent. */
  readonly partChecksums: PartChecksums;
  firstLook: FirstLook | undefined;
  state: UploadState;
  meter: Meter;
  /** Milliseconds without progress, counted while the page was awake and online. */
  idle: number;
}

/** @param limits - The concurrency may change while the upload runs: its store may turn out to have more hosts. */
export function createRun<Body>(
  { source, intent, listener }: Pick<Run<Body>, 'source' | 'intent' | 'listener'>,
  limits: { readonly signBatch: number; concurrency(): number },
): Run<Body> {
  return {
    source,
    intent,
    listener,
    rules: {
      size: source.size,
      signBatch: limits.signBatch,
      get concurrency() {
        return limits.concurrency();
      },
    },
    tasks: createTasks(),
    partChecksums: new Map(),
    firstLook: undefined,
    state: INITIAL,
    meter: startMeter(source.size),
    idle: 0,
  };
}

/** What an upload has under way or waits for, so that it can be stopped. */
export interface Tasks {
  /** Of a part there may be two at once: an attempt, and one beside it. */
  begin(task: Task, stop: () => void): Begun;
  stopPart(partNumber: number): void;
  stopAll(): void;
}

interface Begun {
  /** The task is over. False where it was stopped before: what came of it no longer counts. */
  end(): boolean;
}

function createTasks(): Tasks {
  const stops = new Map<string, () => void>();

  function stopKey(key: string): void {
    const stop = stops.get(key);
    stops.delete(key);
    stop?.();
  }

  return {
    begin(task, stop) {
      const [key, beside] = keysOf(task);
      const free = stops.has(key) ? beside : key;
      stops.set(free, stop);
      return { end: () => stops.get(free) === stop && stops.delete(free) };
    },
    stopPart(partNumber) {
      for (const key of keysOf({ step: 'part', partNumber })) stopKey(key);
    },
    stopAll() {
      for (const key of [...stops.keys()]) stopKey(key);
    },
  };
}

function keysOf(task: Task): [string, string] {
  const key = task.step === 'part' ? `part ${task.partNumber}` : task.step;
  return [key, `${key}, beside`];
}
