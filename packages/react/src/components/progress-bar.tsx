'use client';
import type { Progress } from '@portage/uppy';
import { forwardRef } from 'react';
import { classNames, flag } from './class-names.ts';
import { type PartProps, renderPart } from './render-part.ts';

interface ProgressBarProps extends Omit<PartProps<'div'>, 'children' | 'role'> {
  readonly progress: Progress;
  /** What a screen reader says. */
  readonly text: string;
}

export const ProgressBar = forwardRef<HTMLDivElement, ProgressBarProps>(function ProgressBar(
  { progress: { percent, unseen }, text, className, render, ...props },
  ref,
) {
  return renderPart(
    'div',
    {
      ...props,
      ref,
      role: 'progressbar',
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      // Without it the bar is an indeterminate one.
      'aria-valuenow': unseen ? undefined : Math.floor(percent),
      'aria-valuetext': text,
      'data-unseen': flag(unseen === true),
      className: classNames('portage-progress', className),
      children: <div className="portage-progress-bar" style={{ inlineSize: unseen ? '100%' : `${percent}%` }} />,
    },
    render,
  );
});
