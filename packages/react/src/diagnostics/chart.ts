/** What the plot of an upload looks like, as pure geometry: lanes of bars, and lines over time. */
import type { Attempt, Diagnostics } from '@portage/uppy';

/** Told apart by shape as well as by colour. */
export type Mark = 'stored' | 'open' | 'stopped' | 'stalled' | 'failed';

export interface Chart {
  readonly width: number;
  /** Of the lanes. */
  readonly height: number;
  /** How many attempts were in flight at once at most. */
  readonly lanes: number;
  /** For each kind of attempt, the path of its bars; they span what was sent. */
  readonly bars: Readonly<Record<Mark, string>>;
  /** From the beginning of each attempt to its end, thin. */
  readonly waits: string;
  /** Where an attempt ended badly: a cross for a failure, a diamond for silence. */
  readonly crosses: string;
  readonly diamonds: string;
  /** When the upload was paused or had no network. */
  readonly gaps: readonly { readonly status: 'paused' | 'offline'; readonly x: number; readonly width: number }[];
  readonly lines: { readonly speed: string; readonly inFlight: string; readonly window: string };
  /** Bytes per second at the most. */
  readonly topSpeed: number;
  readonly topWindow: number;
}

const ROW = 16;
const BAR = 10;
/** Of the plots of lines. */
export const LINE_HEIGHT = 56;

export function markOf(outcome: Attempt[5]): Mark {
  return outcome === 'stored' || outcome === 'open' || outcome === 'stopped' || outcome === 'stalled'
    ? outcome
    : 'failed';
}

/** @param width - in pixels. */
export function chartOf({ attempts, phases, samples, duration }: Diagnostics, width: number): Chart {
  const scale = width / Math.max(1, duration);
  const bars: Record<Mark, string> = { stored: '', open: '', stopped: '', stalled: '', failed: '' };
  let waits = '';
  let crosses = '';
  let diamonds = '';
  const ends: number[] = [];
  for (const [, start, firstByte, lastByte, length, outcome] of attempts) {
    const end = length === null ? duration : start + length;
    const lane = freeLane(ends, start);
    ends[lane] = end;
    const top = round(lane * ROW + (ROW - BAR) / 2);
    const middle = top + BAR / 2;
    const right = round(end * scale);
    waits += `M${round(start * scale)} ${middle}H${right}`;
    const mark = markOf(outcome);
    if (firstByte !== null) {
      const from = round((start + firstByte) * scale);
      const to = Math.max(from + 1, round((lastByte === null ? end : start + lastByte) * scale));
      bars[mark] += `M${from} ${top}H${to}V${top + BAR}H${from}Z`;
    }
    if (mark === 'failed') crosses += `M${right - 4} ${middle - 4}l8 8m0 -8l-8 8`;
    if (mark === 'stalled') diamonds += `M${right - 5} ${middle}l5 -5l5 5l-5 5Z`;
  }
  const speeds = samples.moved.map((bytes) => (bytes / samples.every) * 1_000);
  const topSpeed = Math.max(1, ...speeds);
  const topWindow = Math.max(1, ...samples.window, ...samples.inFlight);
  const line = (values: readonly number[], top: number, isStepped: boolean): string =>
    lineOf(values, top, samples.every * scale, width, isStepped);
  return {
    width,
    height: Math.max(1, ends.length) * ROW,
    lanes: ends.length,
    bars,
    waits,
    crosses,
    diamonds,
    gaps: gapsOf(phases, duration, scale),
    lines: {
      speed: line(speeds, topSpeed, false),
      inFlight: line(samples.inFlight, topWindow, true),
      window: line(samples.window, topWindow, true),
    },
    topSpeed: topSpeed === 1 ? 0 : topSpeed,
    topWindow,
  };
}

/** The first lane that is free at `start`: lanes are made here, since connections have no numbers. */
function freeLane(ends: readonly number[], start: number): number {
  const free = ends.findIndex((end) => end <= start);
  return free === -1 ? ends.length : free;
}

function gapsOf(phases: Diagnostics['phases'], duration: number, scale: number): Chart['gaps'] {
  return phases.flatMap(([status, start], index) => {
    if (status !== 'paused' && status !== 'offline') return [];
    const end = phases[index + 1]?.[1] ?? duration;
    return [{ status, x: round(start * scale), width: Math.max(1, round((end - start) * scale)) }];
  });
}

function lineOf(values: readonly number[], top: number, step: number, width: number, isStepped: boolean): string {
  return values
    .map((value, index) => {
      const y = round(LINE_HEIGHT - 2 - (value / top) * (LINE_HEIGHT - 4));
      const from = Math.min(width, round(index * step));
      const to = Math.min(width, round((index + 1) * step));
      if (isStepped) return `${index === 0 ? 'M' : 'L'}${from} ${y}H${to}`;
      return `${index === 0 ? 'M' : 'L'}${round((from + to) / 2)} ${y}`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
