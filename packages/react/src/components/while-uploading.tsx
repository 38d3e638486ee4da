'use client';
import { arriving } from '@portage/uppy';
import { type ReactNode, useInsertionEffect } from 'react';
import { useUploadContext } from '../state/context.ts';
import { UNDER_WAY } from '../state/under-way.ts';
import { whenLoaded } from '../state/when-loaded.ts';

/** Asks before the page is left while files are on their way, and keeps phones awake. */
export function WhileUploading({ asksBeforeLeaving }: { readonly asksBeforeLeaving: boolean }): ReactNode {
  const { uploads } = useUploadContext();
  // Uploads go on while the component is hidden, and so does this: hence the kind of effect.
  useInsertionEffect(() => {
    let end: (() => void) | undefined;
    const look = (): void => {
      const { counts } = uploads.totals();
      if (UNDER_WAY.some((status) => counts[status] > 0)) {
        end ??= begin(asksBeforeLeaving);
      } else {
        end?.();
        end = undefined;
      }
    };
    look();
    const stop = uploads.subscribeTotals(look);
    return () => {
      stop();
      end?.();
    };
  }, [uploads, asksBeforeLeaving]);
  return null;
}

function begin(asksBeforeLeaving: boolean): () => void {
  // Browsers have their own words for it, and ask only someone who has touched the page.
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  if (asksBeforeLeaving) window.addEventListener('beforeunload', ask);
  const letSleep = whenLoaded(
    () => arriving(import('../state/keep-awake.ts')),
    ({ keepAwake }) => keepAwake(),
  );
  return () => {
    window.removeEventListener('beforeunload', ask);
    letSleep();
  };
}
