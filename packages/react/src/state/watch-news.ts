import type { Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { errorText } from '../text/error-text.ts';
import type { Words } from '../text/strings.ts';
import { announcement, type News, NO_NEWS } from './announcements.ts';
import type { UploadQueue } from './upload-queue.ts';

declare module '@uppy/core' {
  interface UppyEventMap<M extends Meta, B extends Body> {
    /** Late code has something to say to screen readers. */
    'portage:say': (text: string) => void;
  }
}

interface NamedFile {
  readonly id: string;
  readonly name: string;
}

/** News is gathered for so long, in milliseconds: 100 files are one sentence. */
const GATHERED_FOR = 250;
/** While more files than this are on their way, one that is stored is no news of its own. */
const MANY = 10;
/** Then it is gathered for so long, in milliseconds: nobody can listen to more. */
const GATHERED_FOR_MANY = 10_000;

/** Calls `say` with what happened. */
export function watchNews(uppy: Uppy, queue: UploadQueue, strings: Words, say: (text: string) => void): () => void {
  const { uploads, outside } = queue;
  let news: News = NO_NEWS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = 0;
  let wasOffline = uploads.totals().counts.offline > 0;

  const flush = (): void => {
    timer = undefined;
    say(announcement(news, strings));
    news = NO_NEWS;
  };
  const add = (more: Partial<News>): void => {
    news = { ...news, ...more };
    const isUrgent = more.complete === undefined || unfinished() <= MANY;
    const wait = isUrgent ? GATHERED_FOR : GATHERED_FOR_MANY;
    if (timer !== undefined && performance.now() + wait >= due) return;
    clearTimeout(timer);
    due = performance.now() + wait;
    timer = setTimeout(flush, wait);
  };
  const unfinished = (): number => {
    const { counts } = uploads.totals();
    return counts.queued + counts.preparing + counts.resuming + counts.uploading + counts.retrying + counts.verifying;
  };
  /** A long list starts window by window, and is one piece of news. */
  let inLongList = false;
  const onStart = (_id: string, files: readonly NamedFile[]): void => {
    const wasInLongList = inLongList;
    const queued = outside.sums.waiting;
    inLongList = queued > 0;
    if (!wasInLongList) add({ started: [...news.started, ...files.map((file) => file.name)], queued });
  };
  const onSuccess = (file: NamedFile | undefined): void => {
    if (file) add({ complete: [...news.complete, file.name] });
  };
  const onError = (file: NamedFile | undefined, { message }: { message: string }): void => {
    if (!file) return;
    const error = uploads.get(file.id)?.error;
    const text = error ? errorText(error, strings) : { message, hint: '' };
    add({ failed: [...news.failed, { name: file.name, message: text.message, hint: text.hint }] });
  };
  const onTotals = (): void => {
    const isOffline = uploads.totals().counts.offline > 0;
    if (isOffline !== wasOffline) add({ network: isOffline ? 'lost' : 'back' });
    wasOffline = isOffline;
  };

  uppy.on('upload', onStart);
  uppy.on('portage:say', say);
  uppy.on('upload-success', onSuccess);
  uppy.on('upload-error', onError);
  const unsubscribe = uploads.subscribeTotals(onTotals);
  return () => {
    uppy.off('upload', onStart);
    uppy.off('portage:say', say);
    uppy.off('upload-success', onSuccess);
    uppy.off('upload-error', onError);
    unsubscribe();
    clearTimeout(timer);
  };
}
