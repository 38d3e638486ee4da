'use client';
import { arriving } from '@portage/uppy';
import {
  type DragEvent,
  type HTMLAttributes,
  type MouseEvent,
  type RefCallback,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useUploadContext } from '../state/context.ts';
import { droppedFiles } from '../state/dropped-files.ts';
import { learnSizes } from '../state/learn-sizes.ts';
import { pickedFiles } from '../state/picked-files.ts';
import type { Zone } from '../state/watch-paste.ts';
import { whenLoaded } from '../state/when-loaded.ts';
import { useUploadActions } from './use-upload.ts';

/** Options of {@link useDropzone}. */
export interface UseDropzoneOptions {
  /** Takes nothing while true. @default what the provider says */
  readonly disabled?: boolean | undefined;
  /** A click on the zone opens the picker for folders instead of files. @default false */
  readonly directory?: boolean | undefined;
  /** Whether a click on the zone opens the picker. @default true */
  readonly click?: boolean | undefined;
  /**
   * Also takes files pasted anywhere on the page, except into a text field. Where a page has several uploaders, the one in
   * use takes them, else the one in the topmost dialog. @default true
   */
  readonly paste?: boolean | undefined;
}

/** What the element of a zone gets. */
export type DropzoneRootProps<E extends HTMLElement> = HTMLAttributes<E> & { readonly ref: RefCallback<HTMLElement> };

/** What {@link useDropzone} gives. */
export interface UseDropzone {
  /** Whether files are being dragged over the zone. */
  readonly isDragging: boolean;
  readonly isDisabled: boolean;
  /** Opens the picker. */
  browse(): void;
  /** Spread on the element that takes drops. Its own handlers run first, and `preventDefault` keeps ours out. */
  getRootProps<E extends HTMLElement>(props?: HTMLAttributes<E>): DropzoneRootProps<E>;
}

/** What a click in the zone may be for, other than the picker. */
const INTERACTIVE =
  'a, button, input, label, select, summary, textarea, dialog, [contenteditable], [tabindex], [role$="dialog"], [role="button"], [role="link"], [role^="menu"]';

/** Makes any element take files by drop, paste and click. Put an `Upload.Trigger` inside for the keyboard. */
export function useDropzone(options: UseDropzoneOptions = {}): UseDropzone {
  const context = useUploadContext();
  const { disabled: isDisabled = context.disabled, directory = false, click = true, paste = true } = options;
  const actions = useUploadActions();
  const { uppy, refusals, inputRef } = context;
  // The elements entered and not left yet: a count of events goes wrong when a child goes away under the pointer.
  const [entered, setEntered] = useState<readonly EventTarget[]>([]);
  const zone = useRef<HTMLElement>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    zone.current = element;
  }, []);

  /** A fieldset is around the zone, or around the provider. */
  const isOff = (element: Element | null): boolean =>
    isDisabled || !!inputRef.current?.matches(':disabled') || !!element?.closest('fieldset:disabled');

  const latest = useRef<Zone>(null);
  useEffect(() => {
    latest.current = {
      element: zone.current,
      uploader: uppy,
      takesPaste: () => paste && !isOff(zone.current),
      paste: (files) => void actions.addFiles(pickedFiles(files)),
    };
  });
  useEffect(() => {
    const page = zone.current?.ownerDocument ?? document;
    const ends = [...new Set([page, document])].map(keepPageOnDrop);
    const stop = whenLoaded(
      () => arriving(import('../state/watch-paste.ts')),
      ({ watchPaste }) => watchPaste(() => latest.current as Zone, page),
    );
    return () => {
      for (const end of [...ends, stop]) end();
    };
  }, []);

  const drop = async (dataTransfer: DataTransfer): Promise<void> => {
    const { files, unreadable } = await droppedFiles(dataTransfer);
    await learnSizes(files);
    actions.addFiles(files);
    if (files.length + unreadable.length === 0) refusals.add([{ reason: 'nothing' }]);
    refusals.add(unreadable.map((name) => ({ reason: 'unreadable', name })));
  };
  const browse = (): void => actions.browse({ directory, from: zone.current });
  /** Where nothing is to be done with what is dragged: no files, or a zone that is disabled, by its fieldset too. */
  const isForOthers = (event: DragEvent<HTMLElement>): boolean =>
    event.defaultPrevented ||
    // While it is dragged, only `types` tells; in tests of apps, only `files` does.
    !(event.dataTransfer.types?.includes('Files') || event.dataTransfer.files.length) ||
    isOff(event.currentTarget);

  return {
    isDragging: entered.length > 0,
    isDisabled,
    browse,
    getRootProps: <E extends HTMLElement>(props: HTMLAttributes<E> = {}): DropzoneRootProps<E> => ({
      ...props,
      ref,
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
        if (click && !isDisabled && !event.defaultPrevented && isOnZone(event)) browse();
      },
    }),
  };
}

/** A drop beside the zone would open the file instead of the page, and end every upload. */
function keepPageOnDrop(page: Document): () => void {
  const refuse = (event: globalThis.DragEvent): void => {
    if (event.defaultPrevented || !event.dataTransfer?.types?.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  page.addEventListener('dragover', refuse);
  page.addEventListener('drop', refuse);
  return () => {
    page.removeEventListener('dragover', refuse);
    page.removeEventListener('drop', refuse);
  };
}

// Not by their class: with a portal they are of another window.
const isInside = (target: EventTarget, root: Node): boolean => root.contains(target as Node);

/** On the zone itself or what is only seen in it. React brings clicks in portals of the zone here too: in dialogs, menus. */
function isOnZone({ nativeEvent, currentTarget }: MouseEvent<Element>): boolean {
  const path = nativeEvent.composedPath();
  const depth = path.indexOf(currentTarget);
  // What is in a custom element may be closed to us, and it may be a button.
  return (
    depth >= 0 &&
    !path
      .slice(0, depth)
      .some(
        (node) =>
          'matches' in node && ((node as Element).localName.includes('-') || (node as Element).matches(INTERACTIVE)),
      )
  );
}
