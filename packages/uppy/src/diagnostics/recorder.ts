/** The records of this page's uploads. */
import type { Diagnostics, Trace } from '@portage/engine';
import type { UploadRecord } from '@portage/engine/diagnostics';
import type { RegionReport } from '@portage/engine/regions';
import { Uppy } from '@uppy/core';
import { arriving } from '../arriving.ts';
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
  export(fileID: string): Promise<DiagnosticsExport | undefined>;
}

/** Of a page that uploads 10,000 files, the records of the newest are kept: an upload in one part takes about 2 kB. */
const MOST_RECORDS = 1_000;
/** So many notes wait at most to be written down. */
const MOST_WAITING = 5_000;

/** What writes them down. No upload waits for it, so it is loaded late; where it does not arrive, nothing is recorded. */
const load = () => arriving(import('@portage/engine/diagnostics')).catch(() => undefined);

export function createRecorder(): Recorder {
  /** The oldest first. */
  const records = new Map<string, UploadRecord>();
  const waiting: (readonly [now: number, ...told: Parameters<Trace>])[] = [];
  let writer: Awaited<ReturnType<typeof load>>;
  void writeDown();

  function begin(id: string, record: UploadRecord): UploadRecord {
    records.delete(id);
    records.set(id, record);
    const [oldest] = records.keys();
    if (records.size > MOST_RECORDS && oldest !== undefined) records.delete(oldest);
    return record;
  }

  async function writeDown(): Promise<void> {
    writer ??= await load();
    if (!writer) return;
    for (const [now, id, ...note] of waiting.splice(0)) {
      const record = note[0] === 'begun' ? begin(id, writer.startRecord(note[1], now)) : records.get(id);
      if (record) writer.takeNote(record, note, now);
    }
  }

  return {
    trace(...told) {
      // A hidden page's timers may be a minute late.
      if (waiting.length === MOST_WAITING) {
        void writeDown();
        waiting.length = 0;
      }
      // Not in the task that tells of it: the first parts take a slow processor long enough.
      if (waiting.push([steadyNow(), ...told]) === 1) setTimeout(writeDown);
    },
    async export(fileID) {
      await writeDown();
      const record = records.get(fileID);
      if (!record || !writer) return undefined;
      const versions = { portage: VERSION, uppy: Uppy.VERSION, browser: navigator.userAgent };
      return { ...writer.diagnosticsOf(record, steadyNow()), versions };
    },
  };
}
