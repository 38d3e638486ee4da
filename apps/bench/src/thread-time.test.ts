import { expect, it } from 'vitest';
import { BEGIN_MARK, END_MARK } from './page-contract.ts';
import { longestSpent } from './thread-time.ts';

const event = (name: string, ts: number, tdur?: number, tid = 1) => ({
  name,
  pid: 1,
  tid,
  ts,
  ...(tdur !== undefined && { tdur }),
});

it('takes the longest task between the marks, on their thread, by what it had of the processor', () => {
  const events = [
    event('ThreadControllerImpl::RunTask', 0, 90_000),
    event(BEGIN_MARK, 100),
    event('ThreadControllerImpl::RunTask', 200, 31_000),
    event('ThreadControllerImpl::RunTask', 250, 80_000, 2),
    event('Layout', 300, 60_000),
    event('ThreadControllerImpl::RunTask', 400, 12_000),
    event(END_MARK, 500),
    event('ThreadControllerImpl::RunTask', 600, 70_000),
  ];
  expect(longestSpent(events)).toBe(31);
});

it('knows nothing without marks', () => {
  expect(longestSpent([event('ThreadControllerImpl::RunTask', 0, 90_000)])).toBeUndefined();
});
