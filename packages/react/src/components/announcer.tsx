'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { useUploadContext } from '../state/context.ts';
import { watchNews } from '../state/watch-news.ts';

/** The one polite live region: says that files started, are stored or failed, and nothing of every percent. */
export function Announcer(): ReactNode {
  const { uppy, queue, strings } = useUploadContext();
  const [text, setText] = useState('');
  useEffect(() => watchNews(uppy, queue, strings, setText), [uppy, queue, strings]);
  return (
    <div role="status" aria-live="polite" className="portage-visually-hidden">
      {text}
    </div>
  );
}
