import { INITIAL } from '../machine/upload-machine.ts';
import type { Rules, UploadState } from '../machine/upload-state.ts';
import type { FirstLook, PartChecksums, Source } from '../ports.ts';
import { type Meter, startMeter } from '../telling/progress.ts';
import type { Intent } from '../vocabulary.ts';
import { createTasks, type Tasks } from './tasks.ts';
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
