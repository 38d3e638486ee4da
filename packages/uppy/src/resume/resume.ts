/** Uploads that are remembered: a later page can go on with them. */
import type { Backend } from '@portage/engine';
import type { Uppy } from '@uppy/core';
import { giveAwayAgain } from './give-away.ts';
import { createPageFiles } from './page-files.ts';
import { createResumeStore } from './resume-store.ts';
import { createResumingBackend, type ResumingBackend } from './resuming-backend.ts';
import { type ScopeOptions, scopeOf } from './scope.ts';
import { createUnfinishedUploads, type UnfinishedUploads } from './unfinished.ts';

export interface ResumeOptions {
  readonly backend: Backend;
  /** Whose files they are. */
  readonly uppy: Uppy;
  /** The plugin's id: where a file that goes on comes from. */
  readonly source: string;
  /** The bytes of a file that are sent, which the page may have edited since. */
  readonly sent: (fileID: string) => Blob | undefined;
  /** The plugin's, which may change: records belong to the backend and the user that they name. */
  readonly options: ScopeOptions;
}

export interface Resume {
  /** The backend, and it remembers. */
  readonly backend: ResumingBackend;
  readonly unfinished: UnfinishedUploads;
}

export function createResume({ backend, options, uppy, source, sent }: ResumeOptions): Resume {
  const scope = () => scopeOf(options);
  const store = createResumeStore((error) => uppy.log(error, 'warning'));
  giveAwayAgain(store, backend, scope()).catch((error: unknown) => uppy.log(error, 'warning'));
  const files = createPageFiles(uppy, source, sent);
  return {
    backend: createResumingBackend(backend, { store, scope, files }),
    unfinished: createUnfinishedUploads({ store, scope, backend, files }),
  };
}
