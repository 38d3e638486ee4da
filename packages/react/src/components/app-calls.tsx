'use client';
import { arriving } from '@portage/uppy';
import { type ReactNode, useInsertionEffect, useRef } from 'react';
import type { OnBeforeUpload } from '../state/ask-before.ts';
import { useUploadContext } from '../state/context.ts';
import type { UploadListenersProps } from '../state/listen-to-uploads.ts';
import { type UploadedFile, uploadedFile } from '../state/uploaded-file.ts';
import { loaded, whenLoaded } from '../state/when-loaded.ts';

export type { UploadedFile };

export interface AppCallsProps extends UploadListenersProps {
  /** Called once for each file that is stored, after it was verified. @default nobody */
  readonly onUploaded?: ((file: UploadedFile) => void) | undefined;
  /**
   * Asked once about each file before it is sent: it may refuse the file, in words, or change its name or fields. A file that
   * it throws for is refused.
   * @default every file is sent as it is
   * @example ({ name }) => (name.startsWith('~') ? { refuse: 'This is a temporary file.' } : { meta: { album } })
   */
  readonly onBeforeUpload?: OnBeforeUpload | undefined;
}

/** Calls the app's functions at what must not be missed, also while the component is hidden: hence the kind of effect. */
export function AppCalls(props: AppCallsProps): ReactNode {
  const context = useUploadContext();
  const now = { ...context, ...props };
  const latest = useRef(now);
  useInsertionEffect(() => {
    latest.current = now;
  });
  const { uppy } = context;
  const { onBeforeUpload, onError, onProgress, onRemoved, onSettled } = props;
  const isCalled = !!(onBeforeUpload ?? onError ?? onProgress ?? onRemoved ?? onSettled);
  useInsertionEffect(() => {
    const onSuccess: Parameters<typeof uppy.on<'upload-success'>>[1] = (file, response) => {
      if (file) latest.current.onUploaded?.(uploadedFile(file, response));
    };
    uppy.on('upload-success', onSuccess);
    const load = () => arriving(import('../state/call-app.ts'));
    const end = isCalled ? whenLoaded(load, (code) => code.listenToUploads(latest)) : undefined;
    // Files wait for the code, too: none gets past it. They wait for it also where the component has gone meanwhile.
    const ask = async (ids: string[]) => (await loaded(load)).askBefore(latest.current, ids);
    if (end) uppy.addPreProcessor(ask);
    return () => {
      uppy.off('upload-success', onSuccess);
      uppy.removePreProcessor(ask);
      end?.();
    };
  }, [uppy, isCalled]);
  return null;
}
