/** What a person was shown at a moment of an upload. */
export interface Shown {
  /** Milliseconds since the files were picked. */
  readonly at: number;
  readonly status: string;
  readonly loaded: number;
  readonly stored: number;
  readonly percent: number;
  readonly speed: number;
  /** In seconds. */
  readonly eta: number | null;
}

export interface Verdict {
  /** Median and 90th percentile of the error of the time left, as a share of the time that was left. */
  readonly median: number;
  readonly worst: number;
  /** Share of the time in which a time left was told. */
  readonly told: number;
  /** Milliseconds for which 100 %, or less than half a second left, was shown before the last part was stored. */
  readonly early: number;
}

/** @param end - When all was stored, in milliseconds since the files were picked. */
export function judge(shown: readonly Shown[], end: number): Verdict {
  const errors: number[] = [];
  let early = 0;
  let under = 0;
  shown.forEach(({ at, status, percent, eta }, index) => {
    if (status !== 'uploading') return;
    under += 1;
    const until = shown[index + 1]?.at ?? end;
    if (percent >= 100 || (eta !== null && eta < 0.5)) early += until - at;
    const left = (end - at) / 1000;
    if (eta !== null && left >= 1) errors.push(Math.abs(eta - left) / left);
  });
  errors.sort((a, b) => a - b);
  const at = (share: number) => errors[Math.min(errors.length - 1, Math.floor(errors.length * share))] ?? Number.NaN;
  return { median: at(0.5), worst: at(0.9), told: errors.length / Math.max(1, under), early };
}
