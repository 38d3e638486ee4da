/** Why there is no picture of a camera. */
export type CameraFailure = 'denied' | 'none' | 'busy' | 'other';

/** What browsers call it, by the name of what `getUserMedia` rejects with. https://w3c.github.io/mediacapture-main/#methods-0 */
const FAILURES: Readonly<Record<string, CameraFailure>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export const failureOf = (error: unknown): CameraFailure =>
  FAILURES[(error as Error | undefined)?.name ?? ''] ?? 'other';

/** A name for a photo taken then, in local time: `photo-2026-11-30-14-05-09.jpg`. */
export function photoName(taken: Date, extension = 'jpg'): string {
  const { 0: year, ...rest } = [
    taken.getFullYear(),
    taken.getMonth() + 1,
    taken.getDate(),
    taken.getHours(),
    taken.getMinutes(),
    taken.getSeconds(),
  ];
  const parts = Object.values(rest).map((part) => String(part).padStart(2, '0'));
  return `photo-${[year, ...parts].join('-')}.${extension}`;
}

/** The photo under a name of its own: some systems call each of them `image.jpg`. */
export function named(file: File, taken: Date): File {
  const extension = /^image\.(\w+)$/i.exec(file.name)?.[1];
  if (extension === undefined) return file;
  const { type, lastModified } = file;
  return new File([file], photoName(taken, extension.toLowerCase()), { type, lastModified });
}
