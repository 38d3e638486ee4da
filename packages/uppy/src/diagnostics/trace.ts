/** Keeps what the engine tells of its uploads. The code that does so is loaded beside the page's. */
import type { Trace } from '@portage/engine';
import { arriving } from '../arriving.ts';
import { steadyNow } from '../timer-clock.ts';
import type { DiagnosticsExport, Recorder, TimedNote } from './recorder.ts';

/** So many notes wait at most. Where that code does not arrive there is nothing to export, and that is all. */
const MOST_WAITING = 5_000;

export interface Diagnosis {
  readonly trace: Trace;
  export(fileID: string): Promise<DiagnosticsExport | undefined>;
}

export function createDiagnosis(): Diagnosis {
  const waiting: TimedNote[] = [];
  let recorder: Recorder | undefined;
  const catchUp = () => recorder && waiting.splice(0).forEach(recorder.take);
  const loading = arriving(import('./recorder.ts')).then(
    ({ createRecorder }) => {
      recorder = createRecorder();
      catchUp();
    },
    () => {},
  );
  return {
    trace(...told) {
      // A hidden page's timers may be a minute late.
      if (waiting.length === MOST_WAITING) catchUp();
      // Not in the task that tells of it: the first parts take a slow processor long enough.
      if (waiting.length < MOST_WAITING && waiting.push([steadyNow(), ...told]) === 1) setTimeout(catchUp);
    },
    async export(fileID) {
      await loading;
      catchUp();
      return recorder?.export(fileID);
    },
  };
}
