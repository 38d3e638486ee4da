'use client';
import { forwardRef, type MouseEvent, useImperativeHandle, useRef } from 'react';
import { useFocusHeir } from '../hooks/use-focus-heir.ts';
import { classNames } from './class-names.ts';
import { type PartProps, renderPart } from './render-part.ts';

/** Props of every button part. `onClick` runs before ours; `preventDefault` in it keeps ours out. */
export type PartButtonProps = PartProps<'button'>;

interface Own {
  /** Which of the stylesheet's buttons it is. */
  readonly look: 'button' | 'icon-button' | 'trigger' | 'preview-open';
  readonly action: () => void;
}

/** A button of a part: passes everything on, and hands its focus over when it goes away. */
export const PartButton = forwardRef<HTMLButtonElement, PartButtonProps & Own>(function PartButton(
  { look, action, className, onClick, render, ...props },
  ref,
) {
  const own = useRef<HTMLButtonElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLButtonElement, []);
  useFocusHeir(own);
  return renderPart(
    'button',
    {
      type: 'button',
      ...props,
      ref: own,
      className: classNames(`portage-${look}`, className),
      onClick: (event: MouseEvent<HTMLButtonElement>) => {
        onClick?.(event);
        if (!event.defaultPrevented) action();
      },
    },
    render,
  );
});
