import type { Strings } from './strings.ts';

const misunderstood = { title: 'The upload could not start' };
const refused = { title: 'The file was not accepted' };
const gone = { title: 'The upload no longer exists' };
const incomplete = { title: 'The file arrived incomplete' };

/** Titles only: errors bring their own sentences, in English, and those name sizes, limits and statuses. */
export const englishErrors: Strings['errors'] = {
  'no-progress': { title: 'The connection was lost' },
  'server-refused': refused,
  'store-refused': { title: 'The storage refused the file' },
  'file-unreadable': { title: 'The file cannot be read' },
  'file-changed': { title: 'The file is not the same' },
  'remote-refused': refused,
  'remote-failed': { title: 'The file could not be fetched' },
  corrupt: incomplete,
  'upload-gone': gone,
  'etag-hidden': { title: 'The storage is not set up for uploads' },
  'store-unreadable': { title: 'This page may not use the storage' },
  'server-unreadable': { title: 'This page may not use the upload server' },
  'local-network-denied': { title: 'This page may not reach your local network' },
  'gateway-refused': { title: 'The upload was refused on the way' },
  'invalid-response': { title: 'Something else answered' },
  'app-callback': { title: 'The upload could not be prepared' },
  'bad-request': misunderstood,
  'no-such-part': misunderstood,
  'invalid-parts': incomplete,
  unauthorized: { title: 'You may not upload here' },
  'invalid-token': misunderstood,
  'token-expired': { title: 'The upload took too long' },
  'place-refused': { title: 'You may not upload there any more' },
  'origin-refused': misunderstood,
  'not-found': misunderstood,
  'no-such-upload': gone,
  'method-not-allowed': misunderstood,
  'size-mismatch': incomplete,
  'checksum-mismatch': incomplete,
  'key-taken': { title: 'The name is taken' },
  'too-large': { title: 'The file is too large' },
  'too-small': { title: 'The file is too small' },
  'too-many-files': { title: 'Too many files' },
  'quota-exceeded': { title: 'No room left' },
  'type-refused': { title: 'This type is not accepted' },
  'scan-refused': { title: 'The file is not safe' },
  'rate-limited': { title: 'Too many uploads at once' },
  internal: { title: 'The upload server has a problem' },
  'store-unavailable': { title: 'The storage cannot be reached' },
};
