import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Course, moveOn, readCourse } from './time-left.ts';

const MiB = 1024 * 1024;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Told {
  readonly at: number;
  readonly speed: number;
  readonly eta: number | undefined;
  /** Seconds that it really took from there. */
  readonly left: number;
}

/** @param rows - when, and how many bytes of the file were handed over and stored then. */
function tell(total: number, rows: readonly (readonly [at: number, handed: number, stored: number])[], end: number) {
  const told: Told[] = [];
  let course: Course | undefined;
  let before = 0;
  for (const [at, handed, stored] of rows) {
    // As the engine does: what does not move is not heard of.
    if (handed > before) course = moveOn(course, handed - before, at);
    before = handed;
    told.push({ at, ...readCourse(course, total - handed, handed - stored, at), left: (end - at) / 1_000 });
  }
  return told;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const errorsOf = (told: readonly Told[]) =>
  told.flatMap(({ eta, left }) => (eta === undefined || left < 1 ? [] : [Math.abs(eta - left) / left]));

/** Bytes that move at a steady rate between moments, each with how many bytes a second. Told every second. */
function flow(...stretches: readonly (readonly [seconds: number, rate: number])[]) {
  const rows: [number, number, number][] = [];
  let at = 0;
  let handed = 0;
  for (const [seconds, rate] of stretches) {
    for (let second = 0; second < seconds; second += 1) {
      at += SECOND;
      handed += rate;
      // Parts of 5 MiB.
      rows.push([at, handed, Math.floor(handed / (5 * MiB)) * 5 * MiB]);
    }
  }
  return { rows, total: handed, end: at };
}

describe('the time left', () => {
  // 20 MiB in four parts, from Chromium 156 over 1 Mbit/s: `npm run bench:time-left`, with what was handed over and stored.
  const recorded: Record<string, { end: number; rows: [number, number, number][] }> = JSON.parse(
    readFileSync(new URL('../../test/bloated-links.json', import.meta.url), 'utf8'),
  );

  it.each([
    ['2 s of queue', 0.25, 1],
    ['6 s of queue', 0.25, 0.8],
    // Nothing is stored for two of three and a half minutes, and bytes are handed over at twice the link's rate for one.
    ['18 s of queue', 0.65, 1.6],
  ])('of a link with %s is wrong by no more than %d in the median', (name, most, worst) => {
    const { end, rows } = recorded[name] ?? { end: 0, rows: [] };
    const told = tell(
      20 * MiB,
      rows.map(([at, handed, parts]) => [at, handed, parts * 5 * MiB] as const),
      end,
    );
    const errors = errorsOf(told);
    expect(errors.length).toBeGreaterThan(0.8 * told.length - 5);
    expect(median(errors)).toBeLessThan(most);
    expect(errors.toSorted((a, b) => a - b)[Math.floor(errors.length * 0.9)]).toBeLessThan(worst);
    for (const { eta = 1 } of told) expect(eta, 'never 0 before all is stored').toBeGreaterThanOrEqual(1);
  });

  // What ends in a minute or two never says that it takes a day.
  const MB = 1_000_000;
  const cases: Record<string, ReturnType<typeof flow>> = {
    'a steady link': flow([90, MB]),
    'a link that stood still for 20 s': flow([30, MB], [20, 0], [60, MB]),
    'a link that stood still for 50 s': flow([10, MB], [50, 0], [60, MB]),
    'a link that trickled for half a minute': flow([30, MB], [30, 20], [60, MB]),
    'a trickle from the start': flow([20, 500], [60, MB]),
    'a link that became ten times slower': flow([20, 10 * MB], [60, MB]),
    'a link that became ten times faster': flow([40, MB], [20, 10 * MB]),
  };
  it.each(Object.entries(cases))('of %s is never told in hours', (_, { rows, total, end }) => {
    const told = tell(total, rows, end);
    for (const { at, eta = 0 } of told) expect(eta, `after ${at / SECOND} s`).toBeLessThan((20 * MINUTE) / SECOND);
  });

  it('does not count the hours that a computer slept', () => {
    const { rows } = flow([30, MB]);
    let course: Course | undefined;
    for (const [at] of rows) course = moveOn(course, MB, at);
    const now = 30 * SECOND + 31 * HOUR;
    expect(readCourse(course, 60 * MB, 0, now)).toEqual({ speed: 0, eta: undefined });
    course = moveOn(course, MB, now + SECOND);
    expect(readCourse(course, 60 * MB, 0, now + SECOND).eta).toBeLessThan(5 * MINUTE);
  });

  it('of a steady link is right from the third second on, and so is the speed', () => {
    const { rows, total, end } = flow([600, MB]);
    for (const { at, eta, left, speed } of tell(total, rows, end)) {
      expect(speed).toBeGreaterThan(0.9 * MB);
      if (at > 3 * SECOND) expect(speed).toBeLessThan(1.4 * MB);
      if (at > 10 * SECOND && left > 10) expect(Math.abs((eta ?? 0) - left) / left, `${at}`).toBeLessThan(0.25);
    }
  });
});

it('costs the same for an upload of a day as for one of a minute', () => {
  let course: Course | undefined;
  for (let at = 0; at < 24 * HOUR; at += 5 * SECOND) course = moveOn(course, 1_000, at);
  expect(course?.marks.length).toBeLessThan(100);
});
