import type { Uploads } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import type { Strings } from '../text/strings.ts';
import { announcement, type News, NO_NEWS } from './announcements.ts';

interface NamedFile {
  readonly id: string;
  readonly name: string;
}

/** News is gathered for so long, in milliseconds: 1,000 files are one sentence. */
const GATHERED_FOR = 250;

/** Calls `say` with what happened. */
export function watchNews(uppy: Uppy, uploads: Uploads, strings: Strings, say: (text: string) => void): () => void {
  let news: News = NO_NEWS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasOffline = uploads.totals().counts.offline > 0;

  const flush = (): void => {
    timer = undefined;
    say(announcement(news, strings));
    news = NO_NEWS;
  };
  const add = (more: Partial<News>): void => {
    news = { ...news, ...more };
    timer ??= setTimeout(flush, GATHERED_FOR);
  };
  const onStart = (_id: string, files: readonly NamedFile[]): void =>
    add({ started: [...news.started, ...files.map((file) => file.name)] });
  const onSuccess = (file: NamedFile | undefined): void => {
    if (file) add({ complete: [...news.complete, file.name] });
  };
  const onError = (file: NamedFile | undefined, { message }: { message: string }): void => {
    if (!file) return;
    const error = uploads.get(file.id)?.error;
    add({ failed: [...news.failed, { name: file.name, message: error?.message ?? message, hint: error?.hint ?? '' }] });
  };
  const onTotals = (): void => {
    const isOffline = uploads.totals().counts.offline > 0;
    if (isOffline !== wasOffline) add({ network: isOffline ? 'lost' : 'back' });
    wasOffline = isOffline;
  };

  uppy.on('upload', onStart);
  uppy.on('upload-success', onSuccess);
  uppy.on('upload-error', onError);
  const unsubscribe = uploads.subscribeTotals(onTotals);
  return () => {
    uppy.off('upload', onStart);
    uppy.off('upload-success', onSuccess);
    uppy.off('upload-error', onError);
    unsubscribe();
    clearTimeout(timer);
  };
}
