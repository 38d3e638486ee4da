'use client';
import { type DragEvent, type HTMLAttributes, type MouseEvent, useEffect, useState } from 'react';
import { useUploadContext } from '../state/context.ts';
import { droppedFiles, pickedFiles } from '../state/dropped-files.ts';
import { learnSizes } from '../state/learn-sizes.ts';
import { useUploadActions } from './use-upload.ts';

/** Options of {@link useDropzone}. */
export interface UseDropzoneOptions {
  /** Takes nothing while true. @default what the provider says */
  readonly disabled?: boolean | undefined;
  /** A click on the zone opens the picker for folders instead of files. @default false */
  readonly directory?: boolean | undefined;
  /** Also takes files pasted anywhere on the page, except into a text field. @default true */
  readonly paste?: boolean | undefined;
}

/** What {@link useDropzone} gives. */
export interface UseDropzone {
  /** Whether files are being dragged over the zone. */
  readonly isDragging: boolean;
  readonly isDisabled: boolean;
  /** Opens the picker. */
  browse(): void;
  /** Spread on the element that takes drops. Its own handlers run first, and `preventDefault` keeps ours out. */
  getRootProps<E extends HTMLElement>(props?: HTMLAttributes<E>): HTMLAttributes<E>;
}

const INTERACTIVE = 'a, button, input, label, select, textarea, [role="button"], [contenteditable]';

/** Makes any element take files by drop, paste and click. Put an `Upload.Trigger` inside for the keyboard. */
export function useDropzone(options: UseDropzoneOptions = {}): UseDropzone {
  const context = useUploadContext();
  const { disabled: isDisabled = context.disabled, directory = false, paste = true } = options;
  const actions = useUploadActions();
  const { refusals, inputRef } = context;
  // The elements entered and not left yet: a count of events goes wrong when a child goes away under the pointer.
  const [entered, setEntered] = useState<readonly EventTarget[]>([]);

  useEffect(keepPageOnDrop, []);
  useEffect(() => {
    if (isDisabled || !paste) return;
    const onPaste = (event: ClipboardEvent): void => {
      const files = event.clipboardData?.files;
      if (!files?.length || event.defaultPrevented || isEditable(event.target)) return;
      if (inputRef.current?.matches(':disabled')) return;
      event.preventDefault();
      actions.addFiles(pickedFiles(files));
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [isDisabled, paste, actions, inputRef]);

  const drop = async (dataTransfer: DataTransfer): Promise<void> => {
    const { files, unreadable } = await droppedFiles(dataTransfer);
    await learnSizes(files);
    actions.addFiles(files);
    if (files.length + unreadable.length === 0) refusals.add({ reason: 'nothing' });
    for (const name of unreadable) refusals.add({ reason: 'unreadable', name });
  };
  const browse = (): void => actions.browse({ directory });
  /** Where nothing is to be done with what is dragged: no files, or a zone that is disabled, by its fieldset too. */
  const isForOthers = (event: DragEvent<HTMLElement>): boolean =>
    isDisabled ||
    event.defaultPrevented ||
    !hasFiles(event.dataTransfer) ||
    inputRef.current?.matches(':disabled') === true ||
    event.currentTarget.closest('fieldset:disabled') !== null;

  return {
    isDragging: entered.length > 0,
    isDisabled,
    browse,
    getRootProps: <E extends HTMLElement>(props: HTMLAttributes<E> = {}): HTMLAttributes<E> => ({
      ...props,
      onDragEnter(event) {
        props.onDragEnter?.(event);
        if (isForOthers(event)) return;
        event.preventDefault();
        const { target, currentTarget } = event;
        setEntered((before) => [...before.filter((other) => isInside(other, currentTarget)), target]);
      },
      onDragOver(event) {
        props.onDragOver?.(event);
        if (isForOthers(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDragLeave(event) {
        props.onDragLeave?.(event);
        const { target, currentTarget } = event;
        setEntered((before) => before.filter((other) => other !== target && isInside(other, currentTarget)));
      },
      onDrop(event) {
        props.onDrop?.(event);
        setEntered([]);
        if (isForOthers(event)) return;
        event.preventDefault();
        void drop(event.dataTransfer);
      },
      onClick(event: MouseEvent<E>) {
        props.onClick?.(event);
        if (isDisabled || event.defaultPrevented || isOnInteractive(event)) return;
        browse();
      },
    }),
  };
}

/** A drop beside the zone would open the file instead of the page, and end every upload. */
function keepPageOnDrop(): () => void {
  const refuse = (event: globalThis.DragEvent): void => {
    if (event.defaultPrevented || !event.dataTransfer || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  document.addEventListener('dragover', refuse);
  document.addEventListener('drop', refuse);
  return () => {
    document.removeEventListener('dragover', refuse);
    document.removeEventListener('drop', refuse);
  };
}

const hasFiles = (dataTransfer: DataTransfer): boolean => dataTransfer.types.includes('Files');
const isInside = (target: EventTarget, root: Node): boolean => target instanceof Node && root.contains(target);
const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea'));

function isOnInteractive({ target, currentTarget }: MouseEvent<Element>): boolean {
  const interactive = target instanceof Element ? target.closest(INTERACTIVE) : null;
  return interactive !== null && interactive !== currentTarget && currentTarget.contains(interactive);
}
