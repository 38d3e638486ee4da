'use client';
import { type ReactNode, useInsertionEffect } from 'react';
import { useUploadContext } from '../state/context.ts';
import { askedFields, type FileField } from '../state/file-fields.ts';
import { holdUntilFilled } from './hold-until-filled.ts';

/** Props of {@link Fields}. */
export interface FieldsProps {
  /** What is asked about each file, in this order. */
  readonly fields: readonly FileField[];
}

/**
 * Asks for more about each file of the `Uploader` or `Upload.Root` around it, such as a caption: in the rows of the drop-in, or
 * where `ItemFields` is in rows of your own. What is entered goes to the server among the file's fields. A file waits for what is
 * `required`; for what is not, let files start by a button: `autoStart={false}`.
 *
 * @example
 * <Uploader endpoint="/api/uploads">
 *   <Fields fields={[{ name: 'alt', label: 'What the picture shows', required: true }]} />
 * </Uploader>
 */
export function Fields({ fields }: FieldsProps): ReactNode {
  const { uppy } = useUploadContext();
  const asked = askedFields(uppy);
  const key = JSON.stringify(fields);
  // Files must not get past it, also while the component is hidden: hence the kind of effect.
  useInsertionEffect(() => {
    const hold = holdUntilFilled(uppy);
    uppy.addPreProcessor(hold);
    return () => {
      uppy.removePreProcessor(hold);
    };
  }, [uppy]);
  // A moment later: React lets no such effect have components render again.
  const say = (now: readonly FileField[]) => queueMicrotask(() => asked.set({ ...asked.get(), fields: now }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in it counts, not which array it is.
  useInsertionEffect(() => say(fields), [asked, key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: at the end alone.
  useInsertionEffect(() => () => say([]), [asked]);
  return null;
}
