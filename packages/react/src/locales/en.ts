/**
 * English whose errors speak to the person who uploads, and to nobody else. Without it errors use their own words, which
 * name sizes and statuses, and at times what a developer has to do.
 */
import { english } from '../text/english.ts';
import type { Strings } from '../text/strings.ts';

const OWNER = 'Reload the page. If it stays, tell the owner of this page.';

/** The page and its server do not fit together: nothing that a person could have done wrong. */
const misunderstood = {
  title: 'The upload could not start',
  message: 'This page and its upload server do not work together.',
  hint: OWNER,
};
const gone = {
  title: 'The upload no longer exists',
  message: 'This upload is no longer in the storage; it may have been removed there.',
  hint: 'Press retry to send the file again.',
};
const incomplete = {
  title: 'The file arrived incomplete',
  message: 'What arrived at the storage is not the same as the file that was picked.',
  hint: 'Press retry to send it again.',
};

const errors: Strings['errors'] = {
  'no-progress': {
    title: 'The connection was lost',
    message: 'The upload made no progress for a long time, because the storage could not be reached.',
    hint: 'Check your connection, then press retry. What was already sent is kept.',
  },
  'server-refused': {
    title: 'The file was not accepted',
    message: 'The upload server refused the file.',
    hint: 'Pick another file, or ask the owner of this page.',
  },
  'store-refused': {
    title: 'The storage refused the file',
    message: 'The storage refused the upload.',
    hint: 'Try again later. If it stays, tell the owner of this page.',
  },
  'file-unreadable': {
    title: 'The file cannot be read',
    message: 'It may have been moved, changed or deleted since it was picked.',
    hint: 'Pick the file again.',
  },
  'file-changed': {
    title: 'The file is not the same',
    message: 'It is not the file whose upload began, or it has changed since.',
    hint: 'To upload it as it is now, add it again. To go on with the upload that began, pick it as it was.',
  },
  'remote-refused': {
    title: 'The file was not accepted',
    message: 'This page cannot take it from there.',
    hint: 'Download it to your device, then add it from there.',
  },
  'remote-failed': {
    title: 'The file could not be fetched',
    message: 'The service that has it, or the way from there, failed.',
    hint: 'Press retry. If it stays, download the file to your device and add it from there.',
  },
  corrupt: incomplete,
  'upload-gone': gone,
  'etag-hidden': {
    title: 'The storage is not set up for uploads',
    message: 'The storage accepted a part, but the page could not read its ETag header.',
    hint: "Tell the owner of this page: the bucket's CORS rules must list ETag under ExposeHeaders.",
  },
  'store-unreadable': {
    title: 'This page may not use the storage',
    message: 'The storage can be reached, but this page may not read its answers.',
    hint: 'Tell the owner of this page; the console of the browser says more.',
  },
  'server-unreadable': {
    title: 'This page may not use the upload server',
    message: 'The upload server can be reached, but this page may not read its answers.',
    hint: 'Tell the owner of this page; the console of the browser says more.',
  },
  'local-network-denied': {
    title: 'This page may not reach your local network',
    message: 'The files go to your local network, and your browser does not let this page reach it.',
    hint: "Allow local network access for this page, by the icon before the page's address, then press retry.",
  },
  'gateway-refused': {
    title: 'The upload was refused on the way',
    message: 'Something on the way refused the upload.',
    hint: 'Press retry, or try another network. If it stays, tell the owner of this page.',
  },
  'invalid-response': {
    title: 'Something else answered',
    message: 'The answer did not come from the upload server. A network login page may stand in between.',
    hint: 'Open another page to see whether your network asks you to log in, then press retry.',
  },
  'app-callback': {
    title: 'The upload could not be prepared',
    message: 'The page could not prepare the upload.',
    hint: 'Press retry. If it stays, tell the owner of this page.',
  },
  'bad-request': misunderstood,
  'no-such-part': misunderstood,
  'invalid-parts': incomplete,
  unauthorized: {
    title: 'You may not upload here',
    message: 'You are not signed in, or not allowed to upload here.',
    hint: 'Sign in again, then press retry.',
  },
  'invalid-token': misunderstood,
  'token-expired': {
    title: 'The upload took too long',
    message: 'The permission for this upload has expired.',
    hint: 'Remove the file from the list and add it again.',
  },
  'place-refused': {
    title: 'You may not upload there any more',
    message: 'This upload goes to a place where you may not write any more.',
    hint: 'Remove the file from the list and add it again.',
  },
  'origin-refused': misunderstood,
  'not-found': misunderstood,
  'no-such-upload': gone,
  'method-not-allowed': misunderstood,
  'size-mismatch': incomplete,
  'checksum-mismatch': incomplete,
  'key-taken': {
    title: 'The name is taken',
    message: 'There is a file of this name already, and it is not overwritten.',
    hint: 'Rename the file and add it again.',
  },
  'too-large': {
    title: 'The file is too large',
    message: 'The file is larger than allowed here.',
    hint: 'Pick a smaller file.',
  },
  'too-small': {
    title: 'The file is too small',
    message: 'The file is smaller than allowed here. It may be empty.',
    hint: 'Check the file, then pick it again.',
  },
  'too-many-files': {
    title: 'Too many files',
    message: 'More files than allowed were sent at once.',
    hint: 'Pick fewer files.',
  },
  'quota-exceeded': {
    title: 'No room left',
    message: 'The file would take more room than you have left.',
    hint: 'Delete something, or pick a smaller file.',
  },
  'type-refused': {
    title: 'This type is not accepted',
    message: 'Files of this type are not accepted here, or the file is not what its name says.',
    hint: 'Pick a file of another type.',
  },
  'scan-refused': {
    title: 'The file is not safe',
    message: 'Something harmful was found in this file, and it was not kept.',
    hint: 'Check the file with a virus scanner before you pick it again.',
  },
  'rate-limited': {
    title: 'Too many uploads at once',
    message: 'The upload server is asked too often.',
    hint: 'Wait a minute, then press retry.',
  },
  internal: {
    title: 'The upload server has a problem',
    message: 'Something went wrong on the upload server.',
    hint: 'Press retry. If it stays, tell the owner of this page.',
  },
  'store-unavailable': {
    title: 'The storage cannot be reached',
    message: 'The upload server could not reach the storage.',
    hint: 'Wait a minute, then press retry.',
  },
};

export const plainEnglish: Strings = { ...english, errors };
