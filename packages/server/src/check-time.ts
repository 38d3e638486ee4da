/**
 * The longest wait that timers know, in milliseconds, 24 days: a longer one, `Infinity` too, is over at once. In seconds it is
 * 68 years, longer than anything waits; `Infinity` cannot be sealed in a token either.
 * @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
 */
const MOST = 2 ** 31 - 1;

/** @throws TypeError unless it is a time that can be waited for. */
export function checkTime(name: string, time: number, unit: 'seconds' | 'milliseconds'): void {
  if (!(time > 0 && time <= MOST))
    throw new TypeError(`\`${name}\` is ${time}; it takes ${unit}, more than 0 and at most ${MOST}.`);
}
