/** What the plugin's uploads look like from outside: snapshots to read, and word when they change. */
import type { Progress, UploadSnapshot, UploadStatus } from '@portage/engine';

/** All files of an Uppy instance together. A new object whenever something changed, the same one otherwise. */
export interface UploadTotals {
  /** How many files are in each state. */
  readonly counts: Readonly<Record<UploadStatus, number>>;
  /** Bytes of all files together; failed and canceled ones do not count. */
  readonly progress: Progress;
}

/** Fits React's `useSyncExternalStore`: stable snapshots, one subscription per file. */
export interface Uploads {
  /** The file's upload; undefined before it is first started and after the file is removed. */
  get(fileID: string): UploadSnapshot | undefined;
  /** Calls `listener` when that file's snapshot changed, for progress at most ten times a second. Returns what unsubscribes. */
  subscribe(fileID: string, listener: () => void): () => void;
  totals(): UploadTotals;
  /** Like `subscribe`, for the totals. */
  subscribeTotals(listener: () => void): () => void;
}

/** Progress reaches listeners this often at most, in milliseconds; a change of state reaches them at once. */
const INTERVAL = 100;

/** A file that takes so many seconds is over before its own time left is known. */
const BRIEF = 60;

const STATUSES = 'queued preparing resuming uploading retrying offline paused verifying complete failed canceled'.split(
  ' ',
);

/** The plugin's side of {@link Uploads}. */
export class UploadRegistry implements Uploads {
  readonly #snapshots = new Map<string, UploadSnapshot>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #totalsListeners = new Set<() => void>();
  readonly #changed = new Set<string>();
  #totals: UploadTotals | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get(fileID: string): UploadSnapshot | undefined {
    return this.#snapshots.get(fileID);
  }

  subscribe(fileID: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(fileID) ?? new Set();
    this.#listeners.set(fileID, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(fileID) === listeners) this.#listeners.delete(fileID);
    };
  }

  totals(): UploadTotals {
    this.#totals ??= totalsOf(this.#snapshots.values());
    return this.#totals;
  }

  subscribeTotals(listener: () => void): () => void {
    this.#totalsListeners.add(listener);
    return () => this.#totalsListeners.delete(listener);
  }

  publish(fileID: string, snapshot: UploadSnapshot): void {
    const before = this.#snapshots.get(fileID);
    this.#snapshots.set(fileID, snapshot);
    this.#touch(fileID, before?.status !== snapshot.status);
  }

  remove(fileID: string): void {
    if (this.#snapshots.delete(fileID)) this.#touch(fileID, true);
  }

  clear(): void {
    for (const fileID of [...this.#snapshots.keys()]) this.remove(fileID);
  }

  /** The totals always wait for the timer: they cost a walk over all files, and 10,000 files can change in one go. */
  #touch(fileID: string, atOnce: boolean): void {
    this.#totals = undefined;
    this.#timer ??= setTimeout(this.#flush, INTERVAL);
    if (atOnce) this.#notify(fileID);
    else this.#changed.add(fileID);
  }

  readonly #flush = (): void => {
    this.#timer = undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const fileID of changed) this.#notify(fileID);
    for (const listener of this.#totalsListeners) listener();
  };

  #notify(fileID: string): void {
    for (const listener of this.#listeners.get(fileID) ?? []) listener();
  }
}

/** All of these together. */
export function totalsOf(snapshots: Iterable<UploadSnapshot>): UploadTotals {
  const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<UploadStatus, number>;
  let loaded = 0;
  let total = 0;
  let speed = 0;
  let unseen = false;
  let pace = 0;
  for (const { status, progress } of snapshots) {
    counts[status] += 1;
    if (status === 'failed' || status === 'canceled') continue;
    loaded += progress.loaded;
    total += progress.total;
    speed += progress.speed;
    unseen ||= progress.unseen === true;
    // As fast as its own time left says: bytes that stand in a queue are not there yet. A small file is over before it has one.
    const left = progress.total - progress.loaded;
    const { eta = left / progress.speed } = progress;
    if (left > 0 && eta > 0 && (progress.eta || eta < BRIEF)) pace += left / eta;
  }
  const percent = total === 0 ? (counts.complete > 0 ? 100 : 0) : (loaded / total) * 100;
  const eta = loaded === total ? 0 : pace > 0 ? (total - loaded) / pace : undefined;
  return { counts, progress: { loaded, total, percent, speed, eta, ...(unseen && loaded === 0 && { unseen }) } };
}
