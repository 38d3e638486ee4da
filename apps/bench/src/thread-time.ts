/** What the tasks of a page's thread took of the processor: time that others on the machine took is not in it. Chromium only. */
import type { Browser } from '@playwright/test';
import { BEGIN_MARK, END_MARK } from './page-contract.ts';

/** One of Chromium's trace events, as far as they are read here. Times are in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Of the thread's own time; absent where the event lasts no time. */
  readonly tdur?: number;
}

/** The longest task between the marks, on the thread that has set them, in milliseconds; undefined without marks. */
export function longestSpent(events: readonly TraceEvent[]): number | undefined {
  const begin = events.find(({ name }) => name === BEGIN_MARK);
  const end = events.find(({ name }) => name === END_MARK);
  if (!begin || !end) return undefined;
  let longest = 0;
  for (const { name, pid, tid, ts, tdur = 0 } of events)
    if (/RunTask$/.test(name) && pid === begin.pid && tid === begin.tid && ts >= begin.ts && ts <= end.ts)
      longest = Math.max(longest, tdur);
  return longest / 1000;
}

/** Has the browser trace what its threads do, until `end` is called. */
export async function watchThread(browser: Browser): Promise<{ end(): Promise<number | undefined> }> {
  const devtools = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  // The events come in pieces, at the end. What no task and no mark is takes no memory.
  devtools.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[])
      if (event.name === BEGIN_MARK || event.name === END_MARK || event.tdur !== undefined) events.push(event);
  });
  await devtools.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] },
    transferMode: 'ReportEvents',
  });
  return {
    async end() {
      const complete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
      await devtools.send('Tracing.end');
      await complete;
      await devtools.detach();
      return longestSpent(events);
    },
  };
}
