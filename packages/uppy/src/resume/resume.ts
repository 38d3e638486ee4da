/** What is loaded when uploads are to be remembered. */
import type { Backend } from '@portage/engine';
import type { Uppy } from '@uppy/core';
import { createPageFiles } from './page-files.ts';
import { createResumeStore } from './resume-store.ts';
import { createResumingBackend, type ResumingBackend } from './resuming-backend.ts';
import { createUnfinishedUploads, type UnfinishedUploads } from './unfinished.ts';

export interface ResumeOptions {
  readonly backend: Backend;
  /** Whose files they are. */
  readonly uppy: Uppy;
  /** The plugin's id: where a file that goes on comes from. */
  readonly source: string;
  /** The bytes of a file that are sent, which the page may have edited since. */
  readonly sent: (fileID: string) => Blob | undefined;
  /** Which backend, and which of its users, records belong to; asked each time. */
  readonly scope: () => string;
}

export interface Resume {
  /** The backend, and it remembers. */
  readonly backend: ResumingBackend;
  readonly unfinished: UnfinishedUploads;
}

export function loadedResume({ backend, scope, uppy, source, sent }: ResumeOptions): Resume {
  const store = createResumeStore((error) => uppy.log(error, 'warning'));
  const files = createPageFiles(uppy, source, sent);
  return {
    backend: createResumingBackend(backend, { store, scope, files }),
    unfinished: createUnfinishedUploads({ store, scope, backend, files }),
  };
}
