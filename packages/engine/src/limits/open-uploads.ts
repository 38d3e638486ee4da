/** Which uploads may be open at once: some are being created and others completed while the rest send. */
import { createWindow } from './concurrency-window.ts';

/** Files of at most so many bytes wait for responses more than for the link. They are opened many at a time. */
export const SMALL = 1024 * 1024;

export interface OpenUploads<Upload> {
  /** Whether the upload waits to be opened. */
  want(upload: Upload, wanted: boolean): void;
  /** The next to open, or undefined. */
  take(): Upload | undefined;
  /** An open upload has come to its end. */
  release(upload: Upload): void;
}

/**
 * Twice the concurrency, so that signatures do not age in a queue. Of small files ten times as much: they are sent sooner
 * than the next could be created. Those are opened in bunches, again when half of them have come to their end or when all that
 * wait can be opened, since a bunch is created by one call. Where a hundred go at once, three times as many are open.
 */
export function createOpenUploads<Upload extends { readonly source: { readonly size: number } }>(
  concurrency: () => number,
  smallAtOnce: () => number,
  priorityOf: (upload: Upload) => number,
): OpenUploads<Upload> {
  const others = createWindow<Upload>(() => 2 * concurrency(), priorityOf);
  const most = () => Math.max(10 * concurrency(), 3 * smallAtOnce());
  const small = createWindow<Upload>(most, priorityOf);
  let filling = true;
  const windowOf = ({ source }: Upload) => (source.size <= SMALL ? small : others);
  return {
    want: (upload, wanted) => windowOf(upload).want(upload, wanted ? 1 : 0),
    take() {
      const other = others.take();
      if (other) return other;
      filling ||= small.inUse * 2 <= most() || small.inUse + small.waiting <= most();
      if (!filling) return undefined;
      const next = small.take();
      filling = small.inUse < most();
      return next;
    },
    release: (upload) => windowOf(upload).release(),
  };
}
