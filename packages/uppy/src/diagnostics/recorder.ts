/** The records of this page's uploads. */
import type { Diagnostics, Trace } from '@portage/engine';
import { diagnosticsOf, startRecord, takeNote, type UploadRecord } from '@portage/engine/diagnostics';
import type { RegionReport } from '@portage/engine/regions';
import { Uppy } from '@uppy/core';
import { steadyNow } from '../timer-clock.ts';
import { VERSION } from './version.ts';

/** {@link Diagnostics}, and what made them. */
export interface DiagnosticsExport extends Diagnostics {
  /** Of several regions: which one, why, and what the others are supposed to take. */
  readonly region?: RegionReport | undefined;
  readonly versions: { readonly portage: string; readonly uppy: string; readonly browser: string };
}

export interface Recorder {
  readonly trace: Trace;
  export(fileID: string): DiagnosticsExport | undefined;
}

/** Of a page that uploads 10,000 files, the records of the newest are kept: an upload in one part takes about 2 kB. */
const MOST_RECORDS = 1_000;
/** So many notes wait to be written down at most. */
const MOST_WAITING = 5_000;

export function createRecorder(): Recorder {
  /** The oldest first. */
  const records = new Map<string, UploadRecord>();
  const waiting: (readonly [now: number, ...told: Parameters<Trace>])[] = [];

  function begin(id: string, record: UploadRecord): UploadRecord {
    records.delete(id);
    records.set(id, record);
    const [oldest] = records.keys();
    if (records.size > MOST_RECORDS && oldest !== undefined) records.delete(oldest);
    return record;
  }

  function writeDown(): void {
    for (const [now, id, ...note] of waiting.splice(0)) {
      const record = note[0] === 'begun' ? begin(id, startRecord(note[1], now)) : records.get(id);
      if (record) takeNote(record, note, now);
    }
  }

  return {
    trace(...told) {
      // A hidden page's timers may be a minute late.
      if (waiting.length === MOST_WAITING) writeDown();
      // Not in the task that tells of it: the first parts take a slow processor long enough.
      if (waiting.push([steadyNow(), ...told]) === 1) setTimeout(writeDown);
    },
    export(fileID) {
      writeDown();
      const record = records.get(fileID);
      if (!record) return undefined;
      const versions = { portage: VERSION, uppy: Uppy.VERSION, browser: navigator.userAgent };
      return { ...diagnosticsOf(record, steadyNow()), versions };
    },
  };
}
