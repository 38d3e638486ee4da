'use client';
import { arriving } from '@portage/uppy';
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';
import { useUploadContext } from '../state/context.ts';
import { whenLoaded } from '../state/when-loaded.ts';

/** Not in the stylesheet: an app may do without that. */
const HIDDEN: CSSProperties = {
  position: 'absolute',
  overflow: 'hidden',
  inlineSize: 1,
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
};

/** The one polite live region: says that files started, are stored or failed, and nothing of every percent. */
export function Announcer(): ReactNode {
  const { uppy, queue, strings } = useUploadContext();
  const [text, setText] = useState('');
  useEffect(
    () =>
      whenLoaded(
        () => arriving(import('../state/watch-news.ts')),
        ({ watchNews }) => watchNews(uppy, queue, strings, setText),
      ),
    [uppy, queue, strings],
  );
  return (
    <div role="status" aria-live="polite" style={HIDDEN}>
      {text}
    </div>
  );
}
