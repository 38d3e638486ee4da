'use client';
import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { createFileActions } from '../state/file-actions.ts';
import { createUploadActions } from '../state/upload-actions.ts';

interface ControlledFilesProps {
  readonly files: readonly File[] | undefined;
  readonly onFilesChange: ((files: readonly File[]) => void) | undefined;
}

/** Keeps the list and the app's own array of files the same, in both directions. */
export function ControlledFiles({ files, onFilesChange }: ControlledFilesProps): ReactNode {
  const { uppy, queue, refusals, inputRef, fileIds } = useUploadContext();
  const ids = useStore(fileIds);
  /** By id; also of files that are done and that Uppy does not hold any more. */
  const known = useRef(new Map<string, File>());
  const told = useRef<readonly File[]>([]);
  const latest = useRef(onFilesChange);
  useEffect(() => {
    latest.current = onFilesChange;
  });

  const inList = (): readonly File[] => {
    // Not the store's, which gathers changes for a moment.
    const listed = queue.ids();
    for (const id of listed) {
      const waiting = queue.outside.get(id);
      const data: unknown = waiting?.at === 'waiting' ? waiting.picked.file : uppy.getState().files[id]?.data;
      if (data instanceof File) known.current.set(id, data);
    }
    const all = new Set(listed);
    for (const id of known.current.keys()) if (!all.has(id)) known.current.delete(id);
    return listed.flatMap((id) => known.current.get(id) ?? []);
  };
  const tell = (): void => {
    const now = inList();
    if (isSame(now, told.current)) return;
    told.current = now;
    latest.current?.(now);
  };

  // The app's array first: what it does not have is not told back to it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new array of the app's is a reason.
  useEffect(() => {
    if (!files) return;
    const now = inList();
    told.current = files;
    const [wanted, there] = [new Set(files), new Set(now)];
    const gone = [...known.current].filter(([, file]) => !wanted.has(file)).map(([id]) => id);
    for (const id of gone) createFileActions(uppy, queue, id).remove();
    const added = files.filter((file) => !there.has(file));
    if (added.length > 0) createUploadActions({ uppy, queue, refusals, inputRef }).addFiles(added);
    tell();
  }, [files]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the list is a reason.
  useEffect(tell, [ids]);
  return null;
}

function isSame(some: readonly File[], others: readonly File[]): boolean {
  if (some.length !== others.length) return false;
  const all = new Set(others);
  return some.every((file) => all.has(file));
}
