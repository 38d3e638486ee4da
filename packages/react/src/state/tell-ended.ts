import type { Uppy } from '@uppy/core';
import { warn } from './warn.ts';

/** Says to developers what became of uploads whose component is gone. */
export function tellEnded(all: ReturnType<Uppy['getFiles']>): void {
  const count = all.filter(
    ({ progress, error }) => progress.uploadStarted && !progress.uploadComplete && !error,
  ).length;
  if (count === 0) return;
  const files = count === 1 ? 'A file was' : `${count} files were`;
  warn(
    `${files} on the way when the component that holds the uploads was unmounted, so these uploads have ended. What large ` +
      'files have stored is kept for seven days: the same file picked again goes on. For uploads that outlive a dialog or ' +
      'a page, put <UploadProvider> outside of it, and <UploaderPanel> inside.',
  );
}
