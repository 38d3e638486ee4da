'use client';
import { arriving } from '@portage/uppy';
import { type ChangeEvent, forwardRef, type MouseEvent, useMemo, useRef, useState } from 'react';
import { classNames } from '../components/class-names.ts';
import { lateComponent } from '../components/late-component.tsx';
import { type PartProps, renderPart } from '../components/render-part.ts';
import { useUploadActions } from '../hooks/use-upload.ts';
import { useUploadContext } from '../state/context.ts';
import type { CameraDialogProps } from './camera-dialog.tsx';
import type { CameraWords } from './camera-words.ts';
import { openWord } from './open-word.ts';
import { named } from './photo.ts';

/** Props of {@link Camera}, besides those of its button. */
export interface CameraProps extends PartProps<'button'> {
  /** Which camera is opened first, where there are two: the one that sees the person, or the other one. @default 'environment' */
  readonly facing?: 'user' | 'environment' | undefined;
  /** Words of your own, all or some. @default those of the language of the uploader */
  readonly words?: Partial<CameraWords> | undefined;
}

/** Loaded with the first click on a device whose page takes the photo. */
const CameraDialog = lateComponent<CameraDialogProps>(
  () => arriving(import('./camera-dialog.tsx')).then((loaded) => loaded.CameraDialog),
  () => null,
);

/**
 * A button that takes a photo and adds it: by the system's own camera on phones, elsewhere in a dialog that shows what the camera sees.
 * Without a child it says "Take a photo".
 *
 * @example
 * <Uploader endpoint="/api/uploads">
 *   <Camera />
 * </Uploader>
 */
export const Camera = forwardRef<HTMLButtonElement, CameraProps>(function Camera(
  { facing = 'environment', words, className, style, onClick, children, disabled, render, ...props },
  ref,
) {
  const { disabled: isDisabled, strings } = useUploadContext();
  const { addFiles } = useUploadActions();
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const word = useMemo(() => openWord(strings.locale), [strings]);
  const take = (): void => {
    // Where the system's own camera can be asked, as on phones and tablets, browsers know `capture`. On a desktop they do not (measured:
    // Chromium 156, Firefox 153). That camera takes better photos than a page. Without HTTPS a page has no camera at all.
    // https://w3c.github.io/html-media-capture/
    const bySystem = input.current && ('capture' in input.current || !navigator.mediaDevices);
    if (bySystem) input.current?.click();
    else setIsOpen(true);
  };
  const onTaken = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    const taken = [...(currentTarget.files ?? [])];
    if (taken.length > 0) addFiles(taken.map((file) => named(file, new Date())));
    currentTarget.value = '';
  };
  return (
    <>
      {renderPart(
        'button',
        {
          type: 'button',
          ...props,
          ref,
          disabled: disabled ?? isDisabled,
          className: classNames('portage-trigger portage-quiet', className),
          // In a grid it is as wide as its words.
          style: { justifySelf: 'start', ...style },
          onClick: (event: MouseEvent<HTMLButtonElement>) => {
            onClick?.(event);
            if (!event.defaultPrevented) take();
          },
          children: children ?? words?.open ?? word,
        },
        render,
      )}
      <input ref={input} type="file" accept="image/*" capture={facing} hidden onChange={onTaken} />
      {isOpen && (
        <CameraDialog
          facing={facing}
          words={words}
          onPhoto={(photo) => addFiles([photo])}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
});
