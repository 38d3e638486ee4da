/** How long ago something was, as people say it. */

/** `5 minutes ago`, `yesterday`; both times in milliseconds since the epoch. */
export function formatAgo(locale: string, then: number, now: number): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(...splitAgo(then, now));
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Days are the calendar's: what was begun late last night was begun yesterday. */
function splitAgo(then: number, now: number): [value: number, unit: 'minute' | 'hour' | 'day' | 'month'] {
  const past = Math.max(0, now - then);
  if (past < HOUR) return [-Math.floor(past / MINUTE), 'minute'];
  const days = Math.round((midnight(now) - midnight(then)) / DAY);
  if (days <= 0 || past < 6 * HOUR) return [-Math.floor(past / HOUR), 'hour'];
  if (days < 60) return [-days, 'day'];
  return [-Math.floor(days / 30), 'month'];
}

const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
