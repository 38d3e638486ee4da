import type { FirstLook, PartChecksums, Source } from './ports.ts';
import type { Meter } from './progress.ts';
import type { Tasks } from './tasks.ts';
import type { UploadListener } from './upload.ts';
import type { Rules, UploadState } from './upload-state.ts';
import type { Intent } from './vocabulary.ts';

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
