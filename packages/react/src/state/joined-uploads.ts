import type { UploadSnapshot, Uploads, UploadTotals } from '@portage/uppy';
import type { OutsideFiles, OutsideSums } from './outside-files.ts';

/** The totals are told this often at most, in milliseconds. */
const INTERVAL = 100;

/**
 * The uploads inside Uppy and the files outside of it, as one. What waits counts in the totals from the start, so that
 * progress does not jump when its turn comes.
 *
 * @param isStarted - whether what waits is going to be uploaded without anyone pressing a button.
 */
export function joinUploads(inside: Uploads, outside: OutsideFiles, isStarted: () => boolean): Uploads {
  let known: Readonly<{ all: readonly unknown[]; totals: UploadTotals }> | undefined;

  return {
    get(id) {
      const file = outside.get(id);
      if (!file) return inside.get(id);
      return file.snapshot ?? (isStarted() ? waiting(file.info.size) : undefined);
    },
    subscribe(id, listener) {
      const ends = [inside.subscribe(id, listener), outside.subscribeFile(id, listener)];
      return () => ends.forEach((end) => end());
    },
    totals() {
      const { sums, hidden } = outside;
      const now = inside.totals();
      if (outside.size === 0 && !hidden) return now;
      const all = [now, sums, hidden, isStarted()] as const;
      if (!known || all.some((value, index) => value !== known?.all[index]))
        known = { all, totals: addUp(hidden?.without(now) ?? now, sums, all[3]) };
      return known.totals;
    },
    subscribeTotals(listener) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const soon = (): void => {
        timer ??= setTimeout(() => {
          timer = undefined;
          listener();
        }, INTERVAL);
      };
      const ends = [inside.subscribeTotals(listener), outside.subscribe(soon)];
      return () => {
        clearTimeout(timer);
        ends.forEach((end) => end());
      };
    },
  };
}

function addUp({ counts, progress }: UploadTotals, sums: OutsideSums, isStarted: boolean): UploadTotals {
  const loaded = progress.loaded + sums.doneBytes;
  const total = progress.total + sums.doneBytes + sums.waitingBytes;
  const complete = counts.complete + sums.done;
  const left = total - loaded;
  return {
    counts: {
      ...counts,
      complete,
      queued: counts.queued + (isStarted ? sums.waiting : 0),
      paused: counts.paused + sums.held,
    },
    progress: {
      loaded,
      total,
      percent: total === 0 ? (complete > 0 ? 100 : 0) : (loaded / total) * 100,
      speed: progress.speed,
      ...(loaded === 0 && progress.unseen && { unseen: true }),
      eta: left === 0 ? 0 : progress.eta ? (progress.eta * left) / (progress.total - progress.loaded) : undefined,
    },
  };
}

/** React asks for the same thing again and again, and wants the same object. */
const waitingBySize = new Map<number, UploadSnapshot>();

/** Of a file that was not started. */
export function waiting(size: number): UploadSnapshot {
  let snapshot = waitingBySize.get(size);
  if (!snapshot) {
    const progress = { loaded: 0, total: size, percent: 0, speed: 0, eta: undefined };
    snapshot = { status: 'queued', progress, retryAt: undefined, error: undefined };
    if (waitingBySize.size > 1000) waitingBySize.clear();
    waitingBySize.set(size, snapshot);
  }
  return snapshot;
}
