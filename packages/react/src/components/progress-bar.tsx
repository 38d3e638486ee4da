'use client';
import { forwardRef } from 'react';
import { classNames } from './class-names.ts';
import { type PartProps, renderPart } from './render-part.ts';

interface ProgressBarProps extends Omit<PartProps<'div'>, 'children' | 'role'> {
  /** 0 to 100. */
  readonly percent: number;
  /** What a screen reader says. */
  readonly text: string;
}

export const ProgressBar = forwardRef<HTMLDivElement, ProgressBarProps>(function ProgressBar(
  { percent, text, className, render, ...props },
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
      'aria-valuenow': Math.floor(percent),
      'aria-valuetext': text,
      className: classNames('portage-progress', className),
      children: <div className="portage-progress-bar" style={{ inlineSize: `${percent}%` }} />,
    },
    render,
  );
});
