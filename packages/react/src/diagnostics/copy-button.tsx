'use client';
import type { Diagnostics } from '@portage/uppy';
import { type ReactNode, useState } from 'react';
import type { DiagnosticsStrings } from './words.ts';

export function CopyButton({
  diagnostics,
  words,
}: {
  readonly diagnostics: Diagnostics;
  readonly words: DiagnosticsStrings;
}): ReactNode {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(JSON.stringify(diagnostics));
      setSaid(words.copied);
    } catch {
      setSaid(words.notCopied);
    }
  };
  return (
    <>
      <button type="button" className="portage-button" onClick={() => void copy()}>
        {words.copy}
      </button>
      <span role="status" className="portage-diagnostics-said">
        {said}
      </span>
    </>
  );
}
