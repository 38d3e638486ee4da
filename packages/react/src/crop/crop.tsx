'use client';
import { arriving } from '@portage/uppy';
import { type ReactNode, useInsertionEffect, useRef, useState } from 'react';
import { lateComponent } from '../components/late-component.tsx';
import { useUploadContext } from '../state/context.ts';
import { loaded } from '../state/when-loaded.ts';
import type { Question } from './ask-crop.ts';
import type { CropDialogProps, CropProps } from './crop-dialog.tsx';

/** Loaded with the first picture. */
const CropDialog = lateComponent<CropDialogProps>(
  () => arriving(import('./crop-dialog.tsx')).then((loaded) => loaded.CropDialog),
  () => null,
);

/**
 * Asks for each picture which part of it is kept, before it is sent. A picture that the browser cannot show, such as HEIC in most,
 * goes as it was picked: put a `Prepare` with `heic` before this one. Needs the package `react-easy-crop`.
 *
 * @example
 * <Uploader endpoint="/api/uploads" layout="avatar">
 *   <Crop />
 * </Uploader>
 */
export function Crop(props: CropProps): ReactNode {
  const context = useUploadContext();
  const { uppy } = context;
  const [question, setQuestion] = useState<Question>();
  const now = { ...context, ...props };
  const latest = useRef(now);
  useInsertionEffect(() => {
    latest.current = now;
  });
  useInsertionEffect(() => {
    const ending = new AbortController();
    const ask = async (ids: string[]): Promise<void> => {
      // No picture gets past it.
      const { askCrop } = await loaded(() => arriving(import('./ask-crop.ts')));
      await askCrop(latest.current, ids, { show: setQuestion, signal: ending.signal });
    };
    uppy.addPreProcessor(ask);
    return () => {
      uppy.removePreProcessor(ask);
      ending.abort();
    };
  }, [uppy]);
  return question && <CropDialog key={question.id} {...props} question={question} />;
}
