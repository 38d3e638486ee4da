'use client';
import { type DragEvent, forwardRef, useEffect, useState } from 'react';
import { useDropzone } from '../hooks/use-dropzone.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { UploadIcon } from './icon.tsx';
import { joined, type PartProps, renderPart } from './render-part.ts';

/** Takes what is dropped anywhere in the window: lies over all of it while files are dragged there. Its text is up to you. */
export const UploadWindowDrop = forwardRef<HTMLDivElement, PartProps<'div'>>(function UploadWindowDrop(
  { className, children, render, ...props },
  ref,
) {
  const { strings, disabled } = useUploadContext();
  const [isShown, setIsShown] = useState(false);
  const { getRootProps } = useDropzone({ click: false, paste: false });
  useEffect(() => {
    const onEnter = ({ dataTransfer }: globalThis.DragEvent): void => {
      if (dataTransfer?.types.includes('Files')) setIsShown(true);
    };
    // A mouse that moves drags nothing: the browser told of no end.
    const onEnd = (): void => setIsShown(false);
    document.addEventListener('dragenter', onEnter);
    document.addEventListener('mousemove', onEnd);
    return () => {
      document.removeEventListener('dragenter', onEnter);
      document.removeEventListener('mousemove', onEnd);
    };
  }, []);
  if (!isShown || disabled) return null;
  const { ref: zone, ...root } = getRootProps({
    ...props,
    onDragLeave: (event: DragEvent<HTMLDivElement>) => {
      props.onDragLeave?.(event);
      setIsShown(false);
    },
    onDrop: (event: DragEvent<HTMLDivElement>) => {
      props.onDrop?.(event);
      setIsShown(false);
    },
  });
  const own = {
    ref: joined([zone, ref]),
    className: classNames('portage-window-drop', className),
    children: children ?? (
      <>
        <span className="portage-dropzone-icon">
          <UploadIcon />
        </span>
        <span>{strings.dropNow}</span>
      </>
    ),
  };
  return renderPart('div', { ...root, ...own }, render);
});
