/** What is loaded when uploads are to be remembered. */
import type { Resume, ResumeOptions } from './lazy-resume.ts';
import { createPageFiles } from './page-files.ts';
import { createResumeStore } from './resume-store.ts';
import { createResumingBackend } from './resuming-backend.ts';
import { createUnfinishedUploads } from './unfinished.ts';

export function loadedResume({ backend, scope, uppy, source, sent }: ResumeOptions): Resume {
  const store = createResumeStore((error) => uppy.log(error, 'warning'));
  const files = createPageFiles(uppy, source, sent);
  return {
    backend: createResumingBackend(backend, { store, scope, files }),
    unfinished: createUnfinishedUploads({ store, scope, backend, files }),
  };
}
