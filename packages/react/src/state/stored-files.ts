import { isBlob } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import type { DoneFile } from './outside-files.ts';
import { toQueuedFile } from './queued-file.ts';

/** What the server answered for a file, by where it is stored. Files are held weakly. */
const stored = new WeakMap<Blob, Map<unknown, DoneFile['body']>>();

/** The files of an app that are stored already, so that coming back to a route sends none of them again. */
export interface StoredFiles {
  /** Remembers what is stored now, and from now on until the returned function is called. */
  watch(): () => void;
  /** The file as done, where it is stored. */
  find(file: File): DoneFile | undefined;
  /** The app let go of the file: given once more, it is uploaded once more. */
  forget(file: File): void;
}

export function storedFiles(uppy: Uppy): StoredFiles {
  const remember = (data: unknown, body: DoneFile['body']): void => {
    const where = destinationOf(uppy);
    if (isBlob(data) && where !== undefined) stored.set(data, (stored.get(data) ?? new Map()).set(where, body));
  };
  return {
    watch() {
      for (const { data, progress, response } of uppy.getFiles()) {
        if (progress.uploadComplete && response) remember(data, response.body);
      }
      const onSuccess: Parameters<typeof uppy.on<'upload-success'>>[1] = (file, { body }) => remember(file?.data, body);
      uppy.on('upload-success', onSuccess);
      return () => {
        uppy.off('upload-success', onSuccess);
      };
    },
    find(file) {
      const where = destinationOf(uppy);
      const places = stored.get(file);
      if (!places?.has(where)) return undefined;
      const { info } = toQueuedFile(uppy, { file, relativePath: undefined });
      const progress = { loaded: info.size, total: info.size, percent: 100, speed: 0, eta: 0 };
      const snapshot = { status: 'complete', progress, retryAt: undefined, error: undefined } as const;
      return { at: 'done', info, snapshot, body: places.get(where) };
    },
    forget: (file) => void stored.get(file)?.delete(destinationOf(uppy)),
  };
}

/** Names where an uploader stores: its endpoint, or the app's own function that signs. */
function destinationOf(uppy: Uppy): unknown {
  let found: unknown;
  uppy.iteratePlugins(({ opts }) => {
    const { endpoint, route = 'files', user = '', signRequest, getCredentials } = opts as Record<string, unknown>;
    found ??= endpoint === undefined ? (signRequest ?? getCredentials) : `${endpoint} ${route} ${user}`;
  });
  return found;
}
