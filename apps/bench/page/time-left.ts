/** Keeps what a person is shown of the first file, a few times a second; for `npm run bench:time-left`. */
import type { PortageS3 } from '@portage/uppy';
import type { Body, Meta, Uppy } from '@uppy/core';
import type { Shown } from '../src/time-left-judge.ts';

/** In milliseconds. */
const EVERY = 250;

export function watchTimeLeft<M extends Meta, B extends Body>(uppy: Uppy<M, B>): () => void {
  const shown: Shown[] = [];
  Object.assign(window, { timeLeft: { shown } });
  const plugin = uppy.getPlugin('PortageS3') as unknown as PortageS3<M, B>;
  const start = performance.now();
  let stored = 0;
  uppy.on('s3-multipart:part-uploaded', () => {
    stored += 1;
  });
  const timer = setInterval(() => {
    const [file] = uppy.getFiles();
    const snapshot = file && plugin.uploads.get(file.id);
    if (!snapshot) return;
    const { loaded, percent, speed, eta = null } = snapshot.progress;
    const at = performance.now() - start;
    shown.push({ at, status: snapshot.status, loaded, stored, percent, speed, eta });
  }, EVERY);
  return () => clearInterval(timer);
}
