'use client';
import { useMemo } from 'react';
import { useUploadContext } from '../state/context.ts';
import type { PickedFile } from '../state/picked-files.ts';
import type { Refusal } from '../state/refusal.ts';
import type { UploadActions } from '../state/upload-actions.ts';
import { useStore } from './use-store.ts';

/** What {@link useUpload} gives. */
export interface UseUpload extends UploadActions {
  /** Ids of all files, in the order of the list. Changes only when a file comes, goes or moves. */
  readonly fileIds: readonly string[];
  /** Files that were refused since files were last added. */
  readonly refusals: readonly Refusal[];
}

export type { PickedFile };

/** The files of the list, and what can be done with all of them. The actions are stable. */
export function useUpload(): UseUpload {
  const actions = useUploadActions();
  const { fileIds, refusals } = useUploadContext();
  const ids = useStore(fileIds);
  const refused = useStore(refusals);
  return useMemo(() => ({ ...actions, fileIds: ids, refusals: refused }), [actions, ids, refused]);
}

/** Only the actions of {@link useUpload}: never a reason to render again. */
export function useUploadActions(): UploadActions {
  return useUploadContext().actions;
}
