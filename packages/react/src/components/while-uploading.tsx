'use client';
import { type ReactNode, useEffect } from 'react';
import { useUploadStats } from '../hooks/use-upload-stats.ts';
import { whenLoaded } from '../state/when-loaded.ts';

/** Asks before the page is left while files are on their way, and keeps phones awake. */
export function WhileUploading({ asksBeforeLeaving }: { readonly asksBeforeLeaving: boolean }): ReactNode {
  const { active } = useUploadStats();
  const isActive = active > 0;
  useEffect(() => {
    if (!isActive || !asksBeforeLeaving) return;
    // Browsers have their own words for it, and ask only someone who has touched the page.
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isActive, asksBeforeLeaving]);
  useEffect(() => {
    if (!isActive) return;
    return whenLoaded(
      () => import('../state/keep-awake.ts'),
      ({ keepAwake }) => keepAwake(),
    );
  }, [isActive]);
  return null;
}
