'use client';
import { forwardRef, type MouseEvent, useEffect, useImperativeHandle, useRef } from 'react';
import { useUploadActions } from '../hooks/use-upload.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import type { PartButtonProps } from './part-button.tsx';
import { renderPart } from './render-part.ts';

export interface UploadTriggerProps extends PartButtonProps {
  /** Opens the picker for folders instead of files. @default false */
  readonly directory?: boolean | undefined;
}

/** The button that opens the file picker. Its text is up to you; without one it says "Choose files". */
export const UploadTrigger = forwardRef<HTMLButtonElement, UploadTriggerProps>(function UploadTrigger(
  { directory = false, className, onClick, children, disabled, render, ...props },
  ref,
) {
  const context = useUploadContext();
  const { browse } = useUploadActions();
  const { triggerRef, strings } = context;
  const own = useRef<HTMLButtonElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLButtonElement, []);
  useEffect(() => {
    // The first one on the page takes the focus when the last row is gone.
    const element = own.current;
    triggerRef.current ??= element;
    return () => {
      if (triggerRef.current === element) triggerRef.current = null;
    };
  }, [triggerRef]);
  return renderPart(
    'button',
    {
      type: 'button',
      ...props,
      ref: own,
      disabled: disabled ?? context.disabled,
      className: classNames('portage-trigger', className),
      onClick: (event: MouseEvent<HTMLButtonElement>) => {
        onClick?.(event);
        if (!event.defaultPrevented) browse({ directory, from: event.currentTarget });
      },
      children: children ?? (directory ? strings.chooseFolder : strings.chooseFiles),
    },
    render,
  );
});
