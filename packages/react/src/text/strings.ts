import type { UploadStatus } from '@portage/uppy';

/**
 * Every word the components say. Give your own through the `strings` prop, all or some of them.
 * Numbers arrive formatted for `locale`.
 */
export interface Strings {
  /** BCP 47 tag for numbers and units. */
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
  retryingIn(duration: string): string;
  readonly offlineHint: string;
  readonly pausedAt: (percent: string) => string;
  readonly failedTitle: string;
  /** Above the list, while something is under way. */
  uploadingCount(done: number, total: number): string;
  allComplete(count: number): string;
  finishedWithFailures(done: number, failed: number): string;
  readonly pausedCount: (count: number) => string;
  readonly waitingCount: (count: number) => string;
  /** Limits, said before anything is picked. */
  limitSize(size: string): string;
  limitCount(count: number): string;
  limitTypes(types: readonly string[]): string;
  /** Why a file was not taken. */
  refusedSize(name: string, size: string, limit: string): string;
  refusedTooSmall(name: string, size: string, limit: string): string;
  refusedType(name: string, types: readonly string[]): string;
  refusedDuplicate(name: string): string;
  refusedCount(limit: number): string;
  refusedTotalSize(limit: string): string;
  refusedUnreadable(name: string): string;
  /** A drop without files, such as an empty folder. */
  readonly refusedNothing: string;
  refusedOther(name: string | undefined, message: string): string;
  refusedMore(count: number): string;
  /** Said to screen readers. */
  saidStarted(count: number, name: string): string;
  saidComplete(count: number, name: string): string;
  saidFailed(name: string, message: string, hint: string): string;
  saidFailedCount(count: number): string;
  readonly saidOffline: string;
  readonly saidOnline: string;
}

const files = (count: number): string => (count === 1 ? '1 file' : `${count.toLocaleString('en')} files`);
const list = (items: readonly string[]): string => new Intl.ListFormat('en', { type: 'disjunction' }).format(items);

/** The catalogue that is built in. */
export const english: Strings = {
  locale: 'en',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  dropHere: 'Drop files or folders here',
  dropNow: 'Let go to add them',
  uploads: 'Uploads',
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  retryAll: 'Retry failed',
  cancelAll: 'Cancel all',
  clear: 'Clear finished',
  start: 'Upload',
  dismiss: 'Dismiss',
  pause: (name) => `Pause ${name}`,
  resume: (name) => `Resume ${name}`,
  retry: (name) => `Retry ${name}`,
  cancel: (name) => `Cancel ${name}`,
  remove: (name) => `Remove ${name} from the list`,
  retryShort: 'Retry',
  resumeShort: 'Resume',
  progressOf: (name) => `Progress of ${name}`,
  totalProgress: 'Progress of all files',
  status: {
    queued: 'Waiting',
    uploading: 'Uploading',
    retrying: 'Connection trouble, trying again',
    offline: 'You are offline',
    paused: 'Paused',
    verifying: 'All sent, checking the file',
    complete: 'Uploaded',
    failed: 'Not uploaded',
    canceled: 'Canceled',
  },
  loadedOf: (loaded, total) => `${loaded} of ${total}`,
  timeLeft: (duration) => `${duration} left`,
  retryingIn: (duration) => `Connection trouble, trying again in ${duration}`,
  offlineHint: 'You are offline. The upload goes on by itself once you are back.',
  pausedAt: (percent) => `Paused at ${percent}`,
  failedTitle: 'Not uploaded',
  uploadingCount: (done, total) => `${done} of ${files(total)} uploaded`,
  allComplete: (count) => `${files(count)} uploaded`,
  finishedWithFailures: (done, failed) =>
    done === 0 ? `${files(failed)} could not be uploaded` : `${files(done)} uploaded, ${failed} could not be`,
  pausedCount: (count) => `${files(count)} paused`,
  waitingCount: (count) => `${files(count)} ready to upload`,
  limitSize: (size) => `up to ${size} each`,
  limitCount: (count) => `at most ${files(count)}`,
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} is ${size}. The limit is ${limit}.`,
  refusedTooSmall: (name, size, limit) => `${name} is only ${size}. It must be at least ${limit}.`,
  refusedType: (name, types) => `${name} is not of a type that can be uploaded here. Pick ${list(types)}.`,
  refusedDuplicate: (name) => `${name} is already in the list.`,
  refusedCount: (limit) => `At most ${files(limit)} can be uploaded at once. Pick fewer, or remove some from the list.`,
  refusedTotalSize: (limit) => `Together the files are larger than ${limit}. Pick fewer.`,
  refusedUnreadable: (name) => `${name} could not be read. Check that it still exists and that you may open it.`,
  refusedNothing: 'There were no files in what you dropped. Is the folder empty?',
  refusedOther: (name, message) => (name ? `${name}: ${message}` : message),
  refusedMore: (count) => `And ${count.toLocaleString('en')} more.`,
  saidStarted: (count, name) => `Uploading ${count === 1 ? name : files(count)}.`,
  saidComplete: (count, name) => (count === 1 ? `${name} is uploaded.` : `${files(count)} are uploaded.`),
  saidFailed: (name, message, hint) => `${name} was not uploaded. ${message} ${hint}`.trim(),
  saidFailedCount: (count) => `${files(count)} were not uploaded.`,
  saidOffline: 'You are offline. Uploads go on by themselves once you are back.',
  saidOnline: 'Uploads go on.',
};
