/** When an upload leaves a region that is out of reach. Pure. */

/** Shortest and longest wait for a region, in milliseconds. */
const LEAST = 4_000;
const MOST = 60_000;
/** The speed that another region is believed to have while it is not known, in bytes per second. */
const UNKNOWN = 1024 * 1024;

/**
 * How long an upload waits for its region to come back, in milliseconds: as long as it would take to send again elsewhere what
 * the region holds of it. Whoever has sent little has little to lose.
 */
export function leaveAfter(stored: number, rate = UNKNOWN): number {
  return Math.min(MOST, Math.max(LEAST, (stored / Math.max(1, rate)) * 1000));
}

/** What several regions came to that were asked at once: milliseconds until the response; undefined where none came. */
export type ResponseTimes = ReadonlyMap<string, number | undefined>;

/** A region that is slower than another one, and than it was itself, by so much is about to go. */
const FADING = { factor: 5, ms: 500 };

/**
 * What is wrong where requests to a region come to nothing: it answers nothing while another one does, or has become many
 * times slower alone (`region`); nothing answers (`network`); or it answers as it should (`nothing`).
 */
export function whatIsWrong(
  own: string,
  times: ResponseTimes,
  usual: number | undefined,
): 'region' | 'network' | 'nothing' {
  const others = [...times].flatMap(([name, ms]) => (name === own || ms === undefined ? [] : [ms]));
  const mine = times.get(own);
  if (mine === undefined) return others.length > 0 ? 'region' : 'network';
  const isSlow = usual !== undefined && mine > FADING.factor * usual + FADING.ms;
  return isSlow && others.some((ms) => ms < mine / FADING.factor) ? 'region' : 'nothing';
}
