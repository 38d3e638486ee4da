'use client';
import { arriving } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { UppyContextProvider } from '@uppy/react';
import { type ReactNode, useMemo, useRef } from 'react';
import { useLaterProps } from '../hooks/use-later-props.ts';
import { useOwnUppy } from '../hooks/use-own-uppy.ts';
import { UploadContext, type UploadContextValue } from '../state/context.ts';
import { createUppy, type UploadSource } from '../state/create-uppy.ts';
import { createFileIds } from '../state/file-ids.ts';
import { createFileInfos } from '../state/file-infos.ts';
import { findUnfinished, findUploads } from '../state/find-plugin.ts';
import { lazyRecovery } from '../state/lazy-recovery.ts';
import { createRefusals } from '../state/refusals.ts';
import type { Removals } from '../state/removals.ts';
import { createUploadActions } from '../state/upload-actions.ts';
import { queueOf } from '../state/upload-queue.ts';
import { englishWords } from '../text/english-words.ts';
import { createFormat } from '../text/format.ts';
import type { Strings } from '../text/strings.ts';
import { Announcer } from './announcer.tsx';
import { AppCalls, type AppCallsProps } from './app-calls.tsx';
import type { ControlledFilesProps } from './controlled-files.tsx';
import { FileInput } from './file-input.tsx';
import { lateComponent } from './late-component.tsx';
import { WhileUploading } from './while-uploading.tsx';

/** Props of {@link UploadRoot} besides its source. */
export interface UploadRootOptions extends AppCallsProps {
  /** The parts, and whatever else is around them. */
  readonly children?: ReactNode;
  /** Words in place of the English ones, all or some. Keep the object stable. @default English */
  readonly strings?: Partial<Strings> | undefined;
  /** Takes no files while true; what is under way goes on. @default false */
  readonly disabled?: boolean | undefined;
  /**
   * Whether `Upload.ItemPreview` shows the pictures that people pick, and the first picture of films, made in a worker once
   * they are seen. False: icons. @default true
   */
  readonly previews?: boolean | undefined;
  /** Whether the browser asks before the page is left while files are on their way. @default true */
  readonly askBeforeLeaving?: boolean | undefined;
  /**
   * The files of the list, for an app that holds them itself: one that is not in the array is taken out of the list, and
   * its upload is ended; one that is new is added. Keep the array stable. @default the list keeps its files itself
   */
  readonly files?: readonly File[] | undefined;
  /**
   * Called with all files of the list when the person added or removed some, or the limits refused one of `files`.
   * @default nobody
   */
  readonly onFilesChange?: ((files: readonly File[]) => void) | undefined;
}

export type UploadRootProps<M extends Meta = Meta, B extends Body = Body> = UploadSource<M, B> & UploadRootOptions;

/**
 * Holds the uploads for everything inside: the parts of `Upload`, our hooks, and the hooks of `@uppy/react`.
 * Also says what happens to screen readers, and holds the file input that the parts open.
 */
export function UploadRoot<M extends Meta = Meta, B extends Body = Body>(props: UploadRootProps<M, B>): ReactNode {
  const { children, disabled = false, previews = true, strings: overrides, askBeforeLeaving = true } = props;
  // Nothing here depends on the type of the app's metadata.
  const anyUppy = (uppy: Uppy<M, B>): Uppy => uppy as unknown as Uppy;
  const uppy = useOwnUppy(props.uppy && anyUppy(props.uppy), () => anyUppy(props.uppy ?? createUppy(props)));
  const limits = useLaterProps(uppy, props);
  const inputRef = useRef<HTMLInputElement>(null);
  const triggerRef = useRef<HTMLElement>(null);
  const removalsRef = useRef<Removals>(null);

  const strings = useMemo(() => ({ ...englishWords, ...overrides }), [overrides]);
  const format = useMemo(() => createFormat(strings.locale), [strings.locale]);
  const stores = useMemo(() => {
    const queue = queueOf(uppy, findUploads(uppy));
    const refusals = createRefusals(uppy);
    return {
      queue,
      refusals,
      uploads: queue.uploads,
      actions: createUploadActions({ uppy, queue, refusals, removalsRef, inputRef }),
      fileIds: createFileIds(uppy, queue),
      fileInfos: createFileInfos(uppy, queue),
      recovery: lazyRecovery(uppy, findUnfinished(uppy)),
    };
  }, [uppy]);
  const value = useMemo<UploadContextValue>(
    () => ({ uppy, ...stores, limits, strings, format, disabled, previews, inputRef, triggerRef, removalsRef }),
    [uppy, stores, limits, strings, format, disabled, previews],
  );

  return (
    <UppyContextProvider uppy={uppy}>
      <UploadContext.Provider value={value}>
        {/* Before what prepares files: there is no need to prepare what is refused. */}
        <AppCalls {...props} />
        {children}
        <FileInput />
        <Announcer />
        <WhileUploading asksBeforeLeaving={askBeforeLeaving} />
        {(props.files || props.onFilesChange) && <LateControlledFiles {...props} />}
      </UploadContext.Provider>
    </UppyContextProvider>
  );
}

/** Loaded for an app that holds its files itself. */
const LateControlledFiles = lateComponent<ControlledFilesProps>(
  () => arriving(import('./controlled-files.tsx')).then((loaded) => loaded.ControlledFiles),
  () => null,
);
