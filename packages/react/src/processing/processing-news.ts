import type { Uppy } from '@uppy/core';
import type { Speaker } from '../text/plural.ts';
import type { ProcessingWords } from '../text/processing-words.ts';

/** News is gathered for so long, in milliseconds: many files are one sentence, and that they are stored is said first. */
const GATHERED_FOR = 1_000;

/** Says at the start and at the end of the processing of files, and not of each step. */
export interface ProcessingNews {
  /** @param what - `started`, `done`, or why nothing could be made of it. */
  tell(token: string, name: string, what: string, words: ProcessingWords & Speaker): void;
}

const all = new WeakMap<Uppy, ProcessingNews>();

/** Of all rows of this Uppy together. */
export function newsOf(uppy: Uppy): ProcessingNews {
  let news = all.get(uppy);
  if (!news) {
    // The page's live region hears of it.
    news = createNews((text) => uppy.emit('portage:say', text));
    all.set(uppy, news);
  }
  return news;
}

export function createNews(say: (text: string) => void): ProcessingNews {
  /** What was said of each file last: a row that comes again is no news. */
  const told = new Map<string, string>();
  const since = new Map<string, { name: string; what: string; words: ProcessingWords & Speaker }>();
  let isGathering = false;

  function flush(): void {
    isGathering = false;
    const news = [...since.values()];
    since.clear();
    const started = news.filter(({ what }) => what === 'started');
    const done = news.filter(({ what }) => what === 'done');
    const failed = news.filter(({ what }) => what !== 'started' && what !== 'done');
    const sentences: string[] = [];
    if (started[0]) sentences.push(started[0].words.saidStarted(started.length, started[0].name));
    if (done[0]) sentences.push(done[0].words.saidDone(done.length, done[0].name));
    const [first] = failed;
    if (first && failed.length === 1) sentences.push(first.words.saidFailed(first.name, first.what));
    else if (first) sentences.push(first.words.saidFailedCount(failed.length));
    say(sentences.join(' '));
  }

  return {
    tell(token, name, what, words) {
      if (told.get(token) === what) return;
      told.set(token, what);
      since.set(token, { name, what, words });
      if (!isGathering) setTimeout(flush, GATHERED_FOR);
      isGathering = true;
    },
  };
}
