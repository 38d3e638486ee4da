/** Middle and spread of a few runs. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @throws RangeError on no values. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) throw new RangeError('No values have no median.');
  return { median: quantile(sorted, 0.5), least, most };
}

export const median = (values: readonly number[]) => spread(values).median;

/** The value that this share of all is not above; between two values, in proportion. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('No values have no percentile.');
  return quantile(
    [...values].sort((a, b) => a - b),
    share,
  );
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
