'use client';
import type { Uploads } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import { createContext, type RefObject, useContext } from 'react';
import type { Format } from '../text/format.ts';
import type { Words } from '../text/strings.ts';
import type { FileInfos } from './file-infos.ts';
import type { Recovery } from './recovery.ts';
import type { Limits } from './refusal.ts';
import type { Refusals } from './refusals.ts';
import type { Removals } from './removals.ts';
import type { Store } from './store.ts';
import type { UploadActions } from './upload-actions.ts';
import type { UploadQueue } from './upload-queue.ts';

/** What `Upload.Root` gives to everything in it. Its value is stable: nothing renders again because a file moved on. */
export interface UploadContextValue {
  readonly uppy: Uppy;
  readonly uploads: Uploads;
  readonly queue: UploadQueue;
  readonly actions: UploadActions;
  readonly fileIds: Store<readonly string[]>;
  readonly fileInfos: FileInfos;
  readonly refusals: Refusals;
  readonly recovery: Recovery;
  readonly strings: Words;
  readonly format: Format;
  readonly disabled: boolean;
  /** Whether pictures are shown of what is picked. */
  readonly previews: boolean;
  /** What may be picked. */
  readonly limits: Limits;
  /** The file input that `browse` opens. */
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Takes files out of the list in a way that can be undone; null where nothing offers that. */
  readonly removalsRef: RefObject<Removals | null>;
  /** Where focus goes when the last row is gone. */
  readonly triggerRef: RefObject<HTMLElement | null>;
}

export const UploadContext = createContext<UploadContextValue | undefined>(undefined);

export function useUploadContext(): UploadContextValue {
  const context = useContext(UploadContext);
  if (!context) throw new Error('This part of Portage has to be inside <Upload.Root> or <UploadProvider>.');
  return context;
}

/** The id of the file whose row this is; set by `Upload.Item`. */
export const ItemContext = createContext<string | undefined>(undefined);

export function useItemId(): string {
  const id = useContext(ItemContext);
  if (id === undefined) throw new Error('This part of Portage has to be inside <Upload.Item id>.');
  return id;
}

/** Where a file is in a long list. Only those that are seen are rendered. */
export interface RowPlace {
  readonly index: number;
  /** Files in the whole list. */
  readonly count: number;
  /** The row it is in: `index`, where there are no columns. */
  readonly row: number;
  /** Pixels from the top of the list; undefined where a grid places it. */
  readonly start?: number | undefined;
  /** Pixels that a grid leaves free above it, for rows that are not there. */
  readonly above?: number | undefined;
  /** Tells the list how high the row is; undefined where another file of it does. */
  readonly measure: ((element: HTMLElement | null) => void) | undefined;
}

export const RowContext = createContext<RowPlace | undefined>(undefined);
