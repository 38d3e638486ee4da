/** What is loaded when uploads are to be remembered. */
import type { Resume, ResumeOptions } from './lazy-resume.ts';
import { createResumeStore } from './resume-store.ts';
import { createResumingBackend } from './resuming-backend.ts';
import { createUnfinishedUploads } from './unfinished.ts';

export function loadedResume({ backend, scope, dataOf, add, onTrouble }: ResumeOptions): Resume {
  const store = createResumeStore(onTrouble);
  return {
    backend: createResumingBackend(backend, { store, scope, dataOf }),
    unfinished: createUnfinishedUploads({ store, scope, backend, add }),
  };
}
