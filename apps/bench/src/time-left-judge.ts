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
  /**
   * The median that one would have who knew the link's rate from the start: the rest is TCP's, which sends again what a full queue
   * dropped and waits in between, and nothing in the page foretells that.
   */
  readonly known: number;
  /** Share of the time in which a time left was told. */
  readonly told: number;
  /** Milliseconds for which 100 %, or less than half a second left, was shown before the last part was stored. */
  readonly early: number;
}

/**
 * @param end - When all was stored, in milliseconds since the files were picked.
 * @param least - Milliseconds that the link takes for the file's bytes and their headers, at the least.
 */
export function judge(shown: readonly Shown[], end: number, least: number): Verdict {
  const errors: number[] = [];
  const known: number[] = [];
  let early = 0;
  let under = 0;
  shown.forEach(({ at, status, percent, eta }, index) => {
    if (status !== 'uploading') return;
    under += 1;
    const until = shown[index + 1]?.at ?? end;
    if (percent >= 100 || (eta !== null && eta < 0.5)) early += until - at;
    const left = (end - at) / 1000;
    if (eta === null || left < 1) return;
    errors.push(Math.abs(eta - left) / left);
    known.push(Math.abs(Math.max(1, (least - at) / 1000) - left) / left);
  });
  return {
    median: quantile(errors, 0.5),
    worst: quantile(errors, 0.9),
    known: quantile(known, 0.5),
    told: errors.length / Math.max(1, under),
    early,
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
