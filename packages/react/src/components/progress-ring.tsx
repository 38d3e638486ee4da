'use client';
import type { ComponentPropsWithoutRef, ReactElement, ReactNode } from 'react';
import { UploadItemProgress } from './item-progress.tsx';

/** The file's progress as a ring: the same words and numbers as the bar. */
export function ProgressRing(): ReactNode {
  return <UploadItemProgress className="portage-ring" render={(props) => <Ring {...props} />} />;
}

function Ring({ children, ...props }: ComponentPropsWithoutRef<'div'>): ReactElement {
  const drawn = props['aria-valuenow'] ?? 25;
  return (
    <div {...props} className="portage-ring">
      <svg viewBox="0 0 36 36" aria-hidden="true" focusable="false">
        <circle className="portage-ring-track" cx="18" cy="18" r="15" />
        <circle className="portage-ring-bar" cx="18" cy="18" r="15" pathLength="100" strokeDasharray={`${drawn} 100`} />
      </svg>
    </div>
  );
}
