/** Keeps what the engine tells of its uploads. The code that does so is loaded beside the page's. */
import type { Trace } from '@portage/engine';
import type { DiagnosticsExport, Recorder, TimedNote } from './recorder.ts';

/** So many notes wait for that code at most. Where it does not arrive there is nothing to export, and that is all. */
const MOST_EARLY = 5_000;

export interface Diagnosis {
  readonly trace: Trace;
  export(fileID: string): Promise<DiagnosticsExport | undefined>;
}

export function createDiagnosis(): Diagnosis {
  const early: TimedNote[] = [];
  let take = (note: TimedNote): void => {
    if (early.length < MOST_EARLY) early.push(note);
  };
  const loading: Promise<Recorder | undefined> = import('./recorder.ts').then(
    ({ createRecorder }) => {
      const recorder = createRecorder();
      early.forEach(recorder.take);
      early.length = 0;
      take = recorder.take;
      return recorder;
    },
    () => undefined,
  );
  return {
    trace: (...told) => take([Date.now(), ...told]),
    export: async (fileID) => (await loading)?.export(fileID),
  };
}
