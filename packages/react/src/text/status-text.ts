import type { UploadSnapshot } from '@portage/uppy';
import type { Format } from './format.ts';
import type { Words } from './strings.ts';

/**
 * The line under a file's bar: what is happening, in words.
 *
 * @param secondsToRetry - seconds until the next attempt, while one is waited for.
 */
export function statusText(
  snapshot: UploadSnapshot,
  strings: Words,
  format: Format,
  secondsToRetry?: number | undefined,
): string {
  const { status, progress, waitsFor } = snapshot;
  if (waitsFor) return waitsFor === 'permission' ? strings.networkAsked : strings.passedOn;
  switch (status) {
    case 'uploading':
      if (progress.unseen) return strings.unseen;
      return [
        strings.loadedOf(format.bytes(progress.loaded), format.bytes(progress.total)),
        ...paceText(snapshot, strings, format),
      ].join(' · ');
    case 'retrying':
      return secondsToRetry ? strings.retryingIn(format.duration(secondsToRetry)) : strings.status.retrying;
    case 'resuming':
      return progress.percent > 0 ? strings.resumingFrom(format.percent(progress.percent)) : strings.status.resuming;
    case 'offline':
      return strings.offlineHint;
    case 'paused':
      return progress.percent > 0 ? strings.pausedAt(format.percent(progress.percent)) : strings.status.paused;
    default:
      return strings.status[status];
  }
}

/** Speed and time left, as far as they are known. */
export function paceText(
  { progress: { speed, eta } }: Pick<UploadSnapshot, 'progress'>,
  strings: Words,
  format: Format,
): string[] {
  return [
    ...(speed > 0 ? [format.speed(speed)] : []),
    ...(eta !== undefined && eta > 0 ? [strings.timeLeft(format.duration(eta))] : []),
  ];
}

/** What a screen reader says for the bar. */
export function progressText(snapshot: UploadSnapshot, strings: Words, format: Format): string {
  const { status, progress, waitsFor } = snapshot;
  if (waitsFor === 'permission') return strings.networkAsked;
  if (progress.unseen) return strings.unseen;
  const percent = format.percent(progress.percent);
  if (waitsFor) return `${percent}, ${strings.passedOn}`;
  if (status !== 'uploading') return `${percent}, ${strings.status[status]}`;
  if (progress.eta === undefined || progress.eta <= 0) return percent;
  return `${percent}, ${strings.timeLeft(format.duration(progress.eta))}`;
}
