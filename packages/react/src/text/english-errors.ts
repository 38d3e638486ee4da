import type { Strings } from './strings.ts';

const TELL_OWNER = 'Reload the page. If that does not help, tell the owner of this page.';
const WAIT = 'Wait a minute, then press Retry.';

/** The page and its server do not fit together: nothing that a person could have done wrong. */
const misunderstood = {
  title: 'The upload could not start',
  message: 'This page and its upload server do not work together.',
  hint: TELL_OWNER,
};
const gone = {
  title: 'The upload no longer exists',
  message: 'This upload is no longer in the storage. It may have been removed there.',
  hint: 'Press Retry to send the file again.',
};
const incomplete = {
  title: 'The file arrived incomplete',
  message: 'What arrived at the storage is not the same as the file that was picked.',
  hint: 'Press Retry to send it again.',
};
const refused = { title: 'The file was not accepted' };

/**
 * For the person who uploads. A code with a title alone shows the error's own sentences: they are written for people, and name
 * sizes, limits and times. Of the other codes the own sentences are for developers, and stand on the console.
 */
export const englishErrors: Strings['errors'] = {
  'no-progress': { title: 'The connection was lost' },
  'server-refused': refused,
  'store-refused': {
    title: 'The file could not be stored',
    message: 'The storage refused it.',
    hint: 'Press Retry later. If that does not help, tell the owner of this page.',
  },
  'file-unreadable': { title: 'The file cannot be read' },
  'file-changed': { title: 'The file is not the same' },
  'remote-refused': refused,
  'remote-failed': {
    title: 'The file could not be fetched',
    message: 'The service that has it did not deliver it.',
  },
  corrupt: incomplete,
  'upload-gone': gone,
  'etag-hidden': {
    title: 'The storage is not set up for uploads',
    message: 'The storage took the file, but this page may not read its answers.',
    hint: 'Tell the owner of this page.',
  },
  'store-unreadable': {
    title: 'This page may not use the storage',
    message: 'The storage can be reached, but this page may not read its answers.',
    hint: 'Tell the owner of this page.',
  },
  'server-unreadable': {
    title: 'This page may not use the upload server',
    message: 'The upload server can be reached, but this page may not read its answers.',
    hint: 'Tell the owner of this page.',
  },
  'local-network-denied': { title: 'This page may not reach your local network' },
  'gateway-refused': { title: 'The upload was refused on the way' },
  'too-slow': { title: 'Your connection is too slow' },
  'invalid-response': { title: 'Something else answered' },
  'app-callback': {
    title: 'The upload could not be prepared',
    message: 'Something went wrong on this page.',
  },
  'bad-request': misunderstood,
  'no-such-part': misunderstood,
  'invalid-parts': incomplete,
  unauthorized: { title: 'You may not upload here' },
  'invalid-token': misunderstood,
  'token-expired': {
    title: 'The upload took too long',
    message: 'The permission for this upload has expired.',
    hint: 'Remove the file from the list and add it again.',
  },
  'place-refused': { title: 'You may not upload there any more' },
  'origin-refused': misunderstood,
  'not-found': misunderstood,
  'no-such-upload': gone,
  'method-not-allowed': misunderstood,
  'size-mismatch': incomplete,
  'checksum-mismatch': incomplete,
  'key-taken': { title: 'The name is taken' },
  'name-refused': { title: 'This name cannot be used' },
  'too-large': { title: 'The file is too large' },
  'too-small': { title: 'The file is too small' },
  'too-many-files': { title: 'Too many files' },
  'quota-exceeded': { title: 'No room left' },
  'type-refused': { title: 'This type is not accepted' },
  'scan-refused': { title: 'The file is not safe' },
  'rate-limited': { title: 'Too many uploads at once', hint: WAIT },
  internal: {
    title: 'The upload server has a problem',
    message: 'Something went wrong on the upload server.',
    hint: 'Press Retry. If that does not help, tell the owner of this page.',
  },
  'store-unavailable': {
    title: 'The storage cannot be reached',
    message: 'The upload server could not reach the storage.',
    hint: WAIT,
  },
};
