'use client';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { createFileActions } from '../state/file-actions.ts';
import { fileData } from '../state/file-data.ts';
import { arrangeFiles } from '../state/move-file.ts';
import { storedFiles } from '../state/stored-files.ts';

export interface ControlledFilesProps {
  readonly files?: readonly File[] | undefined;
  readonly onFilesChange?: ((files: readonly File[]) => void) | undefined;
}

/** Keeps the list and the app's own array of files the same, in both directions, also in their order. */
export function ControlledFiles({ files, onFilesChange }: ControlledFilesProps): ReactNode {
  const { uppy, queue, actions, fileIds } = useUploadContext();
  const ids = useStore(fileIds);
  const stored = useMemo(() => storedFiles(uppy), [uppy]);
  /** By id; also of files that are done and that Uppy does not hold any more. */
  const known = useRef(new Map<string, File>());
  /** What the app knows of, by its own array or by ours. */
  const told = useRef<readonly File[]>([]);
  const latest = useRef(onFilesChange);
  useEffect(() => {
    latest.current = onFilesChange;
  });

  const inList = (): readonly File[] => {
    // Not the store's, which gathers changes for a moment.
    const listed = queue.ids();
    for (const id of listed) {
      const data = fileData(uppy, queue, id);
      if (data && 'name' in data) known.current.set(id, data as File);
    }
    const all = new Set(listed);
    for (const id of known.current.keys()) if (!all.has(id)) known.current.delete(id);
    return listed.flatMap((id) => known.current.get(id) ?? []);
  };
  const tell = (): void => {
    const now = inList();
    if (isSame(now, told.current)) return;
    const there = new Set(now);
    for (const file of told.current) if (!there.has(file)) stored.forget(file);
    told.current = now;
    latest.current?.(now);
  };

  /** Gives the list the order of the app's array. What the app does not hold keeps its place, and so does what may come back. */
  const arrange = (wanted: readonly File[]): void => {
    inList();
    const places = new Map<File | undefined, number>(wanted.map((file, place) => [file, place]));
    const placeOf = (id: string): number => places.get(known.current.get(id)) ?? -1;
    const held = queue.ids().filter((id) => placeOf(id) >= 0);
    const sorted = [...held].sort((a, b) => placeOf(a) - placeOf(b));
    if (sorted.every((id, index) => id === held[index])) return;
    const [isHeld, next] = [new Set(held), sorted.values()];
    arrangeFiles(uppy, queue, (ids) => ids.map((id) => (isHeld.has(id) ? (next.next().value ?? id) : id)));
  };

  // The app's array first: what it does not have is not told back to it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new array of the app's is a reason.
  useEffect(() => {
    if (!files) return;
    const now = inList();
    const [wanted, there, toldBefore] = [new Set(files), new Set(now), new Set(told.current)];
    // Picked before the app could hear of it, while this code was loaded for example: it is told of it, nothing is dropped.
    const gone = [...known.current].filter(([, file]) => !wanted.has(file) && toldBefore.has(file));
    for (const [id] of gone) createFileActions(uppy, queue, id).remove();
    for (const file of told.current) if (!wanted.has(file)) stored.forget(file);
    told.current = files;
    const added = files.filter((file) => !there.has(file));
    const done = added.flatMap((file) => {
      const found = stored.find(file);
      return found && !known.current.has(found.info.id) ? [[file, found] as const] : [];
    });
    for (const [file, { info }] of done) known.current.set(info.id, file);
    if (done.length > 0) queue.put(done.map(([, found]) => found));
    const isDone = new Set(done.map(([file]) => file));
    const fresh = added.filter((file) => !isDone.has(file));
    if (fresh.length > 0) actions.addFiles(fresh);
    arrange(files);
    tell();
  }, [files, uppy]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the list is a reason.
  useEffect(tell, [ids]);
  useEffect(() => stored.watch(), [stored]);
  return null;
}

const isSame = (some: readonly File[], others: readonly File[]): boolean =>
  some.length === others.length && some.every((file, index) => file === others[index]);
