'use client';
import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import { classNames } from './class-names.ts';

interface ProgressBarProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children' | 'role'> {
  /** 0 to 100. */
  readonly percent: number;
  /** What a screen reader says. */
  readonly text: string;
}

export const ProgressBar = forwardRef<HTMLDivElement, ProgressBarProps>(function ProgressBar(
  { percent, text, className, ...props },
  ref,
) {
  return (
    <div
      {...props}
      ref={ref}
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(percent)}
      aria-valuetext={text}
      className={classNames('portage-progress', className)}
    >
      <div className="portage-progress-bar" style={{ inlineSize: `${percent}%` }} />
    </div>
  );
});
