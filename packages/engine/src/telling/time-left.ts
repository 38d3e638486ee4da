/**
 * How fast an upload is, and how long it will take. Pure; time is an argument.
 *
 * What a browser counts as sent stands in the kernel's buffers and in the router's queue for a while: on an uplink of
 * 1 Mbit/s with a queue of 18 s, more than half of them did after a minute, and then nothing moved for half a minute. So the
 * memory is long, a share of what no response confirms yet is not believed, and of what remains two views are joined: all of
 * the time since the first byte, and its latter half.
 */

/** How an upload has moved so far. Times are in milliseconds. */
export interface Course {
  /** When the first byte moved. */
  readonly since: number;
  /** When the last one did. */
  readonly at: number;
  /** Bytes. */
  readonly moved: number;
  /** How many had moved at some moments, oldest first. */
  readonly marks: readonly Mark[];
}

interface Mark {
  readonly at: number;
  readonly moved: number;
}

/** Longest memory. */
const MEMORY = 60_000;
/** Without a byte for so long nothing is told, and no longer counts: a computer that slept says nothing of its link. */
const STILL = 20_000;
/** A time left is told after so long, and at most so many times as long as has passed since the first byte. */
const SOON = 2_000;
const FAR = 100;
/** Marks in the memory, about. */
const MARKS = 40;
/** Share of the bytes handed over and not confirmed that is taken for not sent. As it fits recorded uploads. */
const DOUBT = 0.15;
/** The latter half counts as at most so many times faster or slower than the whole: it may be a standstill. */
const MOST = 16;

/** `bytes` have moved; the first ones begin a course. */
export function moveOn(course: Course | undefined, bytes: number, now: number): Course | undefined {
  if (!course) return bytes > 0 ? { since: now, at: now, moved: bytes, marks: [{ at: now, moved: 0 }] } : undefined;
  const skipped = now - course.at - STILL;
  if (skipped > 0) return moveOn(later(course, skipped), bytes, now);
  const moved = course.moved + bytes;
  const last = course.marks.at(-1);
  const memory = memoryOf(now - course.since);
  const step = memory / MARKS;
  if (last && now - last.at < step) return { ...course, at: now, moved };
  // One from before the memory is kept: it is where the memory begins.
  const first = course.marks.findLastIndex((mark) => mark.at <= now - memory);
  return { ...course, at: now, moved, marks: [...course.marks.slice(Math.max(0, first)), { at: now, moved }] };
}

/** The latter half of the time that has passed. */
const memoryOf = (elapsed: number) => Math.min(MEMORY, elapsed / 2);

function later({ since, at, moved, marks }: Course, ms: number): Course {
  return { since: since + ms, at: at + ms, moved, marks: marks.map((mark) => ({ ...mark, at: mark.at + ms })) };
}

/**
 * @param left - bytes that are not handed over yet.
 * @param unsure - bytes that are, and that the store has not confirmed.
 * @returns bytes per second, and seconds until all is stored; undefined while that cannot be known.
 */
export function readCourse(
  course: Course | undefined,
  left: number,
  unsure: number,
  now: number,
): { speed: number; eta: number | undefined } {
  if (!course || now - course.at >= STILL) return { speed: 0, eta: undefined };
  const { since, moved, marks } = course;
  // Dividing by less than that would make much of the first bytes.
  const elapsed = Math.max(250, now - since);
  const mark = marks.findLast((other) => other.at <= now - memoryOf(elapsed)) ?? { at: since, moved: 0 };
  const average = moved / elapsed;
  const lately = (moved - mark.moved) / Math.max(250, now - mark.at);
  const bounded = Math.min(MOST * average, Math.max(average / MOST, lately));
  const speed = 1_000 * Math.sqrt(average * bounded);
  const rate = (Math.max(0, moved - DOUBT * unsure) / elapsed) ** 0.75 * bounded ** 0.25;
  const waiting = Math.min(unsure, Math.max(0, moved - rate * elapsed));
  const eta = Math.max(1, (left + waiting) / rate / 1_000);
  const isKnown = elapsed >= SOON && eta * 1_000 < FAR * elapsed;
  return { speed: speed < 1 ? 0 : speed, eta: isKnown ? eta : undefined };
}
