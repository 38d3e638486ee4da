'use client';
import type { UploadSnapshot } from '@portage/uppy';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useUploadContext } from '../state/context.ts';
import { createFileActions, type FileActions } from '../state/file-actions.ts';

/** What is known of a picked file; it does not change. */
export interface FileInfo {
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** MIME type, as the browser guesses it. */
  readonly type: string;
  /** The path inside the folder that was picked, if it was one. */
  readonly relativePath: string | undefined;
}

/** What {@link useUploadFile} gives. */
export interface UseUploadFile extends FileActions {
  readonly file: FileInfo;
  readonly snapshot: UploadSnapshot;
}

/** One file: what it is, how its upload stands, and what can be done. Renders again for this file only. */
export function useUploadFile(id: string): UseUploadFile {
  const file = useFileInfo(id);
  const actions = useFileActions(id);
  const snapshot = useUploadSnapshot(id, (current) => current);
  return useMemo(() => ({ ...actions, file, snapshot }), [actions, file, snapshot]);
}

/**
 * A piece of one file's state; renders again only when that piece changed.
 *
 * @param select - has to return a primitive or something that is the snapshot's own.
 */
export function useUploadSnapshot<T>(id: string, select: (snapshot: UploadSnapshot) => T): T {
  const { uploads } = useUploadContext();
  const { size } = useFileInfo(id);
  const waiting = useMemo(() => waitingSnapshot(size), [size]);
  const subscribe = useCallback((listener: () => void) => uploads.subscribe(id, listener), [uploads, id]);
  const get = (): T => select(uploads.get(id) ?? waiting);
  return useSyncExternalStore(subscribe, get, get);
}

export function useFileInfo(id: string): FileInfo {
  const { uppy } = useUploadContext();
  return useMemo(() => {
    // A row may render once more between the removal of its file and its own.
    const file: ReturnType<typeof uppy.getFile> | undefined = uppy.getFile(id);
    const relativePath = file?.meta.relativePath;
    return {
      id,
      name: file?.name ?? '',
      size: file?.size ?? 0,
      type: file?.type ?? '',
      relativePath: typeof relativePath === 'string' ? relativePath : undefined,
    };
  }, [uppy, id]);
}

export function useFileActions(id: string): FileActions {
  const { uppy } = useUploadContext();
  return useMemo(() => createFileActions(uppy, id), [uppy, id]);
}

/** A file that was not started has no snapshot yet. */
function waitingSnapshot(size: number): UploadSnapshot {
  return {
    status: 'queued',
    progress: { loaded: 0, total: size, percent: 0, speed: 0, eta: undefined },
    retryAt: undefined,
    error: undefined,
  };
}
