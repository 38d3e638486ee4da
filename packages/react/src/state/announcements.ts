import type { Words } from '../text/strings.ts';

/** What happened since the last time something was said. */
export interface News {
  readonly started: readonly string[];
  /** How many more of the same list wait for their turn. */
  readonly queued: number;
  readonly complete: readonly string[];
  readonly failed: ReadonlyArray<{ readonly name: string; readonly message: string; readonly hint: string }>;
  readonly network: 'lost' | 'back' | undefined;
}

export const NO_NEWS: News = { started: [], queued: 0, complete: [], failed: [], network: undefined };

/** The news as one text for a polite live region: what failed last, so that it is what stays. Empty for no news. */
export function announcement(news: News, strings: Words): string {
  const { started, complete, failed } = news;
  const sentences: string[] = [];
  if (news.network === 'lost') sentences.push(strings.saidOffline);
  if (news.network === 'back') sentences.push(strings.saidOnline);
  if (started[0] !== undefined) sentences.push(strings.saidStarted(started.length + news.queued, started[0]));
  if (complete[0] !== undefined) sentences.push(strings.saidComplete(complete.length, complete[0]));
  if (failed.length > 1) sentences.push(strings.saidFailedCount(failed.length));
  const [first] = failed;
  if (first && failed.length === 1) sentences.push(strings.saidFailed(first.name, first.message, first.hint));
  return sentences.join(' ');
}
