import type { DiagnosticsExport } from '@portage/uppy';

/** How one part of a file stands. */
export interface Cell {
  readonly state: 'waiting' | 'sending' | 'stored';
  /** How often its bytes were sent, this page's predecessors included. */
  readonly sends: number;
}

/** Each part of an upload, in order. @param before - How the parts stood when the page was reloaded. */
export function cellsOf(
  { plan, attempts, status, calls, region }: DiagnosticsExport,
  before: readonly Cell[],
): readonly Cell[] {
  const hasMoved = region !== undefined && region.left.length > 0;
  // What another data center holds of it does not count any more.
  const since = hasMoved ? (calls.findLast(([step]) => step === 'create')?.[1] ?? 0) : 0;
  return Array.from({ length: plan?.parts ?? 0 }, (_, index) => {
    const own = attempts.filter(([partNumber]) => partNumber === index + 1);
    const earlier = before[index];
    const isStored =
      status === 'complete' ||
      (!hasMoved && earlier?.state === 'stored') ||
      own.some(([, start, , , , outcome]) => start >= since && outcome === 'stored');
    const isSending = own.some(([, , , , , outcome]) => outcome === 'open');
    // An attempt whose connection was refused has sent nothing.
    const sends = own.filter(([, , firstByte, , , outcome]) => firstByte !== null || outcome === 'stored').length;
    return {
      state: isStored ? 'stored' : isSending ? 'sending' : 'waiting',
      sends: (earlier?.sends ?? 0) + sends,
    };
  });
}

export const isSame = (a: readonly Cell[], b: readonly Cell[]): boolean =>
  a.length === b.length && a.every(({ state, sends }, index) => state === b[index]?.state && sends === b[index]?.sends);
