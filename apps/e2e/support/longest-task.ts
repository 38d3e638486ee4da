/** How long a page was kept from answering, by the time that its thread worked: a busy machine makes no task longer. */
import type { Browser } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Time of the thread itself, in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Chromium alone tells. Returns a function that ends the watch, with all tasks of pages, the longest first, in milliseconds. */
export async function watchTasks(browser: Browser): Promise<() => Promise<number[]>> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', '__metadata'] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
    const pages = new Set(
      events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
    );
    return events
      .filter((event) => event.name === 'RunTask' && pages.has(threadOf(event)))
      .map(({ tdur = 0 }) => tdur / 1_000)
      .sort((a, b) => b - a);
  };
}
