/** Uploads that are remembered: a later page can go on with them. */
import type { Backend } from '@portage/engine';
import type { Uppy } from '@uppy/core';
import { arriving } from '../arriving.ts';
import { giveAwayAgain } from './give-away.ts';
import { createPageFiles } from './page-files.ts';
import { createResumeStore } from './resume-store.ts';
import { createResumingBackend, type ResumingBackend } from './resuming-backend.ts';
import type { UnfinishedUploads } from './unfinished.ts';

/** The options that tell backends and their users apart. */
interface ScopeOptions {
  readonly endpoint?: string;
  readonly route?: string;
  readonly s3Endpoint?: string;
  readonly companionEndpoint?: string;
  readonly id?: string;
  readonly user?: string | undefined;
}

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
  /** Loaded by those who show what was left unfinished. */
  unfinished(): Promise<UnfinishedUploads>;
}

export function createResume({ backend, options, uppy, source, sent }: ResumeOptions): Resume {
  const scope = () => scopeOf(options);
  const store = createResumeStore((error) => uppy.log(error, 'warning'));
  giveAwayAgain(store, backend, scope()).catch((error: unknown) => uppy.log(error, 'warning'));
  const files = createPageFiles(uppy, source, sent);
  return {
    backend: createResumingBackend(backend, { store, scope, files }),
    async unfinished() {
      const { createUnfinishedUploads } = await arriving(import('./unfinished.ts'));
      return createUnfinishedUploads({ store, scope, backend, files });
    },
  };
}

/** Which backend, and which of its users, a record belongs to. */
function scopeOf({ endpoint, route, s3Endpoint, companionEndpoint, id, user }: ScopeOptions): string {
  const backend =
    endpoint === undefined
      ? (s3Endpoint ?? companionEndpoint ?? id ?? 'PortageS3')
      : `${new URL(endpoint, location.href).href} ${route ?? 'files'}`;
  return user === undefined ? backend : `${backend} ${user}`;
}
