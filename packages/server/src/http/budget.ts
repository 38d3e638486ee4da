import type { Operation } from '@portage/protocol';

/** Says how long the page waits for the response, in milliseconds. */
const BUDGET_HEADER = 'portage-timeout';

/** How long a call may take where the page does not say, in milliseconds; completing and unpacking may take a store long. */
const USUAL = 14_000;
const COMPLETE = 29_000;

/** What the response needs to arrive while the page still waits, in milliseconds. */
const WAY_BACK = 1_000;

/** No call takes longer than this to be answered, in milliseconds: see `closeWithin` of `serve`. */
export const LONGEST_CALL = 29_000;

/** How long a call may take, in milliseconds: a little less than the page waits. */
export function budgetOf(request: Request, operation: Operation): number {
  const waits = Number(request.headers.get(BUDGET_HEADER) ?? Number.NaN);
  if (!(waits > WAY_BACK)) return operation === 'complete' || operation === 'unpack' ? COMPLETE : USUAL;
  return Math.min(waits - WAY_BACK, LONGEST_CALL);
}
