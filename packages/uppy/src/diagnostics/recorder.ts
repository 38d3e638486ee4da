/** The records of this page's uploads. Loaded beside the page's code. */
import type { Diagnostics, Trace } from '@portage/engine';
import { diagnosticsOf, startRecord, takeNote, type UploadRecord } from '@portage/engine/diagnostics';
import { Uppy } from '@uppy/core';
import { steadyNow } from '../timer-clock.ts';
import { VERSION } from './version.ts';

/** {@link Diagnostics}, and what made them. */
export interface DiagnosticsExport extends Diagnostics {
  readonly versions: { readonly portage: string; readonly uppy: string; readonly browser: string };
}

/** What the engine told, and when, in milliseconds since the epoch. */
export type TimedNote = readonly [now: number, ...told: Parameters<Trace>];

export interface Recorder {
  take(note: TimedNote): void;
  export(fileID: string): DiagnosticsExport | undefined;
}

/** Of a page that uploads 10,000 files, the records of the newest are kept: an upload in one part takes about 2 kB. */
const MOST_RECORDS = 1_000;

export function createRecorder(): Recorder {
  /** The oldest first. */
  const records = new Map<string, UploadRecord>();

  function begin(id: string, record: UploadRecord): UploadRecord {
    records.delete(id);
    records.set(id, record);
    const [oldest] = records.keys();
    if (records.size > MOST_RECORDS && oldest !== undefined) records.delete(oldest);
    return record;
  }

  return {
    take([now, id, ...note]) {
      const record = note[0] === 'begun' ? begin(id, startRecord(note[1], now)) : records.get(id);
      if (record) takeNote(record, note, now);
    },
    export(fileID) {
      const record = records.get(fileID);
      if (!record) return undefined;
      const versions = { portage: VERSION, uppy: Uppy.VERSION, browser: navigator.userAgent };
      return { ...diagnosticsOf(record, steadyNow()), versions };
    },
  };
}
