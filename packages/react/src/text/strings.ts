import type { TypeWords, UploadStatus } from '@portage/uppy';
import type { CatalogueError, ErrorCode } from './error-codes.ts';
import type { LateWords } from './late-words.ts';
import type { Speaker } from './plural.ts';

/**
 * Every word the components say. Give your own through the `strings` prop, all or some of them.
 * Sizes, times and percentages arrive formatted for `locale`; counts arrive as numbers, and the catalogues write them for it too.
 */
export interface Strings {
  /** BCP 47 tag for numbers and units: `{ ...arabic, locale: 'ar-EG' }` writes ١٢٣, also in counts. */
  readonly locale: string;
  /** The button that opens the file picker. */
  readonly chooseFiles: string;
  readonly chooseFolder: string;
  readonly dropHere: string;
  readonly dropNow: string;
  readonly uploads: string;
  readonly pauseAll: string;
  readonly resumeAll: string;
  readonly retryAll: string;
  readonly cancelAll: string;
  readonly clear: string;
  readonly start: string;
  readonly dismiss: string;
  pause(name: string): string;
  resume(name: string): string;
  retry(name: string): string;
  cancel(name: string): string;
  remove(name: string): string;
  readonly retryShort: string;
  readonly resumeShort: string;
  progressOf(name: string): string;
  readonly totalProgress: string;
  /** A word or two for each state. */
  readonly status: Readonly<Record<UploadStatus, string>>;
  /** `12 MB of 40 MB`. */
  loadedOf(loaded: string, total: string): string;
  timeLeft(duration: string): string;
  /** In place of 0 %, where the browser does not tell how much is sent. */
  readonly unseen: string;
  /** While the browser asks whether the page may reach the local network. */
  readonly networkAsked: string;
  /** While a gateway has all that was sent, and the storage has not. */
  readonly passedOn: string;
  retryingIn(duration: string): string;
  readonly offlineHint: string;
  /** While an upload goes on from what the store holds already. */
  resumingFrom(percent: string): string;
  readonly pausedAt: (percent: string) => string;
  readonly failedTitle: string;
  /** Above the list, while something is under way. */
  uploadingCount(this: Speaker, done: number, total: number): string;
  allComplete(this: Speaker, count: number): string;
  finishedWithFailures(this: Speaker, done: number, failed: number): string;
  pausedCount(this: Speaker, count: number): string;
  waitingCount(this: Speaker, count: number): string;
  /** Limits, said before anything is picked. */
  limitSize(size: string): string;
  limitCount(this: Speaker, count: number): string;
  /** What kinds of files are called among the types. @default English */
  readonly types?: Partial<TypeWords> | undefined;
  /** `types` as people call them: `pictures`, `PDF`, `Word documents`, `.key`. */
  limitTypes(types: readonly string[]): string;
  /** Why a file was not taken. */
  refusedSize(name: string, size: string, limit: string): string;
  refusedTooSmall(name: string, size: string, limit: string): string;
  refusedType(name: string, types: readonly string[]): string;
  refusedDuplicate(name: string): string;
  refusedCount(this: Speaker, limit: number): string;
  /** Where there may be one file, and it is there. */
  refusedSecond(name: string): string;
  /** On the button that takes the new file in place of that one. */
  replaceWith(name: string): string;
  refusedTotalSize(limit: string): string;
  refusedUnreadable(name: string): string;
  /** A drop or a folder without files. */
  readonly refusedNothing: string;
  refusedOther(name: string | undefined, message: string): string;
  refusedMore(this: Speaker, count: number): string;
  /** Said to screen readers. */
  saidStarted(this: Speaker, count: number, name: string): string;
  saidComplete(this: Speaker, count: number, name: string): string;
  saidFailed(name: string, message: string, hint: string): string;
  saidFailedCount(this: Speaker, count: number): string;
  readonly saidOffline: string;
  readonly saidOnline: string;
  /** Above the offers to continue what an earlier page began. */
  unfinishedTitle(this: Speaker, count: number): string;
  /** `1.2 GB, started yesterday`. */
  unfinishedFacts(size: string, ago: string): string;
  /** Where the browser does not know the file any more. */
  readonly unfinishedPick: string;
  continueUpload(name: string): string;
  readonly continueShort: string;
  discardUpload(name: string): string;
  readonly discardShort: string;
  /** Said by a form that is sent too early. */
  readonly formRequired: string;
  readonly formUnfinished: string;
  readonly formFailed: string;
  /** Words of parts that are loaded late, in place of their own in the eight languages. @default their own */
  readonly late?: Partial<LateWords> | undefined;
  /** What people read of each failure, by its code. */
  readonly errors: Readonly<Record<ErrorCode, CatalogueError>>;
}

/** The strings as parts get them. If the app gives no words for errors, the built-in ones are loaded with the first error. */
export type Words = Omit<Strings, 'errors'> & Partial<Pick<Strings, 'errors'>>;
