/**
 * Every difference that an app can see between `@uppy/aws-s3` and `PortageS3` with the same options, over 35 scenarios. A
 * test runs them on both and fails where one is missing here, or is no more.
 */

/** What an app sees of an uploader, each told as a line of text. Progress is left out. */
export const ASPECTS = ['events', 'parts', 'files', 'response', 'state', 'result'] as const;

type Seen = Partial<Readonly<Record<(typeof ASPECTS)[number], string>>>;

export interface Difference {
  readonly scenarios: readonly string[];
  readonly uppy: Seen;
  readonly portage: Seen;
  /** One sentence. */
  readonly reason: string;
}

/** The result of an `upload()` that never resolves. */
export const NEVER_ENDS = 'never ends';

export const DIFFERENCES: readonly Difference[] = [
  {
    scenarios: [
      'a small file',
      'an empty file',
      'a file in parts',
      'two small files',
      'upload() again after all is stored',
      'a second batch',
      'resetProgress() and upload()',
      'pause and resume',
      'pauseAll() and resumeAll()',
      'refused, then retryUpload()',
      'refused, then retryAll()',
      'refused, then another file and upload()',
      'the store is busy once',
      'the store refuses a signature once',
    ],
    uppy: { response: 'key location' },
    portage: { response: 'key location secondLook verifiedBy' },
    reason: 'Portage says how the stored bytes were checked.',
  },
  {
    scenarios: [
      'an error behind 200 to Complete',
      'signRequest has no network once',
      'generateObjectKey throws once',
      'a listener of upload-success throws',
    ],
    uppy: { response: 'none' },
    portage: { response: 'key location secondLook verifiedBy' },
    reason: 'Here these files are stored; the rows below say why.',
  },
  {
    scenarios: ['a remote file that Companion stores'],
    uppy: { response: 'Key Location' },
    portage: { response: 'Key Location key location' },
    reason: "Companion names fields in S3's words; an app finds `key` and `location` for every file.",
  },
  {
    scenarios: ['a paused file, retryUpload(), cancelAll()'],
    uppy: {
      events:
        'upload, upload-start film, upload-pause film, upload-retry film, upload, upload-start film, cancel-all, file-removed film, complete',
    },
    portage: {
      events:
        'upload, upload-start film, upload-pause film, upload-retry film, upload, cancel-all, file-removed film, complete',
    },
    reason: 'Uppy starts a second uploader beside the paused one, and both send the rest; here the one upload goes on.',
  },
  {
    scenarios: ['a file under way, retryUpload(), cancelAll()'],
    uppy: {
      events:
        'upload, upload-start film, upload-retry film, upload, upload-start film, cancel-all, file-removed film, complete',
    },
    portage: {
      events: 'upload, upload-start film, upload-retry film, upload, cancel-all, file-removed film, complete',
    },
    reason: 'Uppy starts a second uploader beside the first, and both send the rest; here the one upload goes on.',
  },
  {
    scenarios: ['refused, then another file and upload()'],
    uppy: {
      events:
        'upload, upload-start note, upload-error note, error, complete, retry-all note, upload, upload-start note, upload-success note, upload, upload-start film, upload-success film, complete',
      files: 'note: complete with a response; film: complete with a response',
    },
    portage: {
      events:
        'upload, upload-start note, upload-error note, error, complete, upload, upload-start film, upload-success film, complete',
      files: 'note: started with an error; film: complete with a response',
    },
    reason:
      'Uppy tries again what has failed, also at each file that is added, and the new ones wait until that is over; here they start.',
  },
  {
    scenarios: ['clear() in mid-upload'],
    uppy: {
      events: 'upload, upload-start film',
      state: '1 current uploads, resumable, new ones allowed',
      result: NEVER_ENDS,
    },
    portage: {
      events: 'upload, upload-start film, file-removed film, complete',
      state: '0 current uploads, resumable, new ones allowed',
      result: 'successful: none; failed: none',
    },
    reason:
      'Uppy takes the files away without an event, and its uploader waits for ever; here they are removed as by `removeFiles()`.',
  },
  {
    scenarios: ['destroy() in mid-upload'],
    uppy: { state: '0 current uploads, resumable, new ones allowed' },
    portage: { state: '0 current uploads, not resumable, new ones allowed' },
    reason: "Uppy's uploader ends after it was removed, and says once more that uploads can be paused.",
  },
  {
    scenarios: ['removePlugin() in mid-upload'],
    uppy: {
      events: 'upload, upload-start film',
      files: 'film: started with s3Multipart',
      state: '1 current uploads, not resumable, new ones allowed',
      result: NEVER_ENDS,
    },
    portage: {
      events: 'upload, upload-start film, upload-error film, error, complete',
      files: 'film: started with an error',
      state: '0 current uploads, not resumable, new ones allowed, an error',
      result: 'successful: none; failed: film',
    },
    reason:
      "Uppy's uploader stops without a word, and `upload()` waits for ever; here files on their way fail, with the reason.",
  },
  {
    scenarios: ['the store refuses a part'],
    uppy: { files: 'film: started with an error with s3Multipart' },
    portage: { files: 'film: started with an error' },
    reason: "What a retry needs is kept by Portage itself, in memory and in IndexedDB, not in Uppy's state.",
  },
  {
    scenarios: ['an error behind 200 to Complete'],
    uppy: {
      events: 'upload, upload-start film, upload-error film, error, complete',
      files: 'film: started with an error with s3Multipart',
      state: '0 current uploads, resumable, new ones allowed, an error',
      result: 'successful: none; failed: film',
    },
    portage: {
      events: 'upload, upload-start film, upload-success film, complete',
      files: 'film: complete with a response',
      state: '0 current uploads, resumable, new ones allowed',
      result: 'successful: film; failed: none',
    },
    reason: 'S3 may answer 200 and tell of an error in the body; such an error passes, so the call is made again.',
  },
  {
    scenarios: ['signRequest has no network once'],
    uppy: {
      events: 'upload, upload-start note, upload-error note, error, complete',
      files: 'note: started with an error',
      state: '0 current uploads, resumable, new ones allowed, an error',
      result: 'successful: none; failed: note',
    },
    portage: {
      events: 'upload, upload-start note, upload-success note, complete',
      files: 'note: complete with a response',
      state: '0 current uploads, resumable, new ones allowed',
      result: 'successful: note; failed: none',
    },
    reason: 'A call that found no network is made again.',
  },
  {
    scenarios: ['generateObjectKey throws once'],
    uppy: { events: 'upload, upload-start note, complete', files: 'note: started' },
    portage: {
      events: 'upload, upload-start note, upload-success note, complete',
      files: 'note: complete with a response',
    },
    reason:
      'Uppy drops the error, sends nothing and calls the file successful; here the function is called again, for up to half a minute.',
  },
  {
    scenarios: ['getChunkSize throws'],
    uppy: {
      events: 'upload, upload-start film, complete',
      files: 'film: started',
      state: '0 current uploads, resumable, new ones allowed',
      result: 'successful: film; failed: none',
    },
    portage: {
      events: 'upload, upload-start film, upload-error film, error, complete',
      files: 'film: started with an error',
      state: '0 current uploads, resumable, new ones allowed, an error',
      result: 'successful: none; failed: film',
    },
    reason:
      "Uppy drops the error, sends nothing and calls the file successful; here the file fails with the error's words.",
  },
  {
    scenarios: ['a listener of upload-success throws'],
    uppy: {
      events: 'upload, upload-start note, upload-success note, upload-error note, error, complete',
      files: 'note: complete with an error',
      state: '0 current uploads, resumable, new ones allowed, an error',
      result: 'successful: none; failed: note',
    },
    portage: {
      events: 'upload, upload-start note, upload-success note, complete',
      files: 'note: complete with a response',
      state: '0 current uploads, resumable, new ones allowed',
      result: 'successful: note; failed: none',
    },
    reason: 'A bug in a listener of the app does not change what happened to the file.',
  },
  {
    scenarios: ['a ghost of Golden Retriever'],
    uppy: {
      events: 'upload, upload-start note, complete',
      files: 'note: started',
      state: '0 current uploads, resumable, new ones allowed',
      result: 'successful: note; failed: none',
    },
    portage: {
      events: 'upload, upload-start note, upload-error note, error, complete',
      files: 'note: started with an error',
      state: '0 current uploads, resumable, new ones allowed, an error',
      result: 'successful: none; failed: note',
    },
    reason:
      'There are no bytes to send; Uppy calls the file successful, here it fails and says that it must be picked again.',
  },
];
