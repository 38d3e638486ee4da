import { choiceOf, pluralsOf, type Speaker } from './plural.ts';
import type { Words } from './strings.ts';

const plural = pluralsOf('en');
const list = choiceOf('en');
const number = (count: number, by: Speaker): string => plural(count, { other: '#' }, by);
const files = (count: number, by: Speaker): string => plural(count, { one: '# file', other: '# files' }, by);

/** The built-in words, loaded with the page. Those for errors are loaded with the first error. */
export const englishWords: Words = {
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
    preparing: 'Preparing',
    resuming: 'Continuing where it stopped',
    uploading: 'Uploading',
    retrying: 'Interrupted, trying again',
    offline: 'You are offline',
    paused: 'Paused',
    verifying: 'All sent, checking the file',
    complete: 'Uploaded',
    failed: 'Not uploaded',
    canceled: 'Canceled',
  },
  loadedOf: (loaded, total) => `${loaded} of ${total}`,
  timeLeft: (duration) => `${duration} left`,
  unseen: 'Uploading, progress cannot be shown',
  networkAsked: 'Your browser asks whether this page may reach your local network: allow it',
  passedOn: 'Being passed on to the storage',
  retryingIn: (duration) => `Interrupted, trying again in ${duration}`,
  resumingFrom: (percent) => `Continuing from ${percent}`,
  offlineHint: 'You are offline. The upload continues by itself once you are back online.',
  pausedAt: (percent) => `Paused at ${percent}`,
  failedTitle: 'Not uploaded',
  uploadingCount(done, total) {
    return `${number(done, this)} of ${files(total, this)} uploaded`;
  },
  allComplete(count) {
    return `${files(count, this)} uploaded`;
  },
  finishedWithFailures(done, failed) {
    return done === 0
      ? `${files(failed, this)} not uploaded`
      : `${files(done, this)} uploaded, ${number(failed, this)} not`;
  },
  pausedCount(count) {
    return `${files(count, this)} paused`;
  },
  waitingCount(count) {
    return `${files(count, this)} ready to upload`;
  },
  limitSize: (size) => `up to ${size} each`,
  limitCount(count) {
    return `at most ${files(count, this)}`;
  },
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} is ${size}. The limit is ${limit}.`,
  refusedTooSmall: (name, size, limit) => `${name} is only ${size}. It must be at least ${limit}.`,
  refusedType: (name, types) => `Files like ${name} cannot be uploaded here. Pick ${list(types)}.`,
  refusedDuplicate: (name) => `${name} is already in the list.`,
  refusedCount(limit) {
    return `At most ${files(limit, this)} can be uploaded at once. Pick fewer, or remove some from the list.`;
  },
  refusedSecond: (name) => `Only one file can be uploaded, and ${name} is in the list.`,
  replaceWith: (name) => `Use ${name} instead`,
  refusedTotalSize: (limit) => `Together the files are larger than ${limit}. Pick fewer.`,
  refusedUnreadable: (name) => `${name} could not be read. Check that it still exists and that you may open it.`,
  refusedNothing: 'No files were found. Is the folder empty?',
  refusedOther: (name, message) => (name ? `${name}: ${message}` : message),
  refusedMore(count) {
    return `And ${number(count, this)} more.`;
  },
  saidStarted(count, name) {
    return `Uploading ${count === 1 ? name : files(count, this)}.`;
  },
  saidComplete(count, name) {
    return count === 1 ? `${name} is uploaded.` : `${files(count, this)} are uploaded.`;
  },
  saidFailed: (name, message, hint) => `${name} was not uploaded. ${message} ${hint}`.trim(),
  saidFailedCount(count) {
    return `${files(count, this)} not uploaded.`;
  },
  saidOffline: 'You are offline. Uploads continue by themselves once you are back online.',
  saidOnline: 'You are online again. Uploads continue.',
  unfinishedTitle(count) {
    return plural(count, { one: '# unfinished upload', other: '# unfinished uploads' }, this);
  },
  unfinishedFacts: (size, ago) => `${size}, started ${ago}`,
  unfinishedPick: 'To continue, pick the same file again.',
  continueUpload: (name) => `Continue ${name}`,
  continueShort: 'Continue',
  discardUpload: (name) => `Discard ${name}`,
  discardShort: 'Discard',
  formRequired: 'Add a file.',
  formUnfinished: 'Wait until the upload is done, or cancel it.',
  formFailed: 'A file was not uploaded. Retry it or remove it from the list.',
};
