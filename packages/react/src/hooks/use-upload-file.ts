'use client';
import type { UploadSnapshot } from '@portage/uppy';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useUploadContext } from '../state/context.ts';
import { createFileActions, type FileActions } from '../state/file-actions.ts';
import type { FileInfo } from '../state/file-info.ts';
import { waiting } from '../state/joined-uploads.ts';

export type { FileInfo };

/** What {@link useUploadFile} gives. */
export interface UseUploadFile extends FileActions {
  /** Its name, size and type. */
  readonly file: FileInfo;
  /** Where its upload is, how much is sent, and what went wrong. */
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
  const subscribe = useCallback((listener: () => void) => uploads.subscribe(id, listener), [uploads, id]);
  const get = (): T => select(uploads.get(id) ?? waiting(size));
  return useSyncExternalStore(subscribe, get, get);
}

export function useFileInfo(id: string): FileInfo {
  const { fileInfos } = useUploadContext();
  const subscribe = useCallback((listener: () => void) => fileInfos.subscribe(id, listener), [fileInfos, id]);
  const get = () => fileInfos.get(id);
  return useSyncExternalStore(subscribe, get, get);
}

export function useFileActions(id: string): FileActions {
  const { uppy, queue } = useUploadContext();
  return useMemo(() => createFileActions(uppy, queue, id), [uppy, queue, id]);
}
