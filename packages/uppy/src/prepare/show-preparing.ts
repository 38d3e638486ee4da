/** Shows what Uppy's preprocessors are at, `Prepare` and others beside it such as `Compressor`, as the status of their files. */
import type { UploadStatus } from '@portage/engine';
import type { Uppy } from '@uppy/core';
import type { Body, Meta, UppyFile } from '@uppy/core/utils';
import type { UploadRegistry } from '../plugin/uploads.ts';

/** Of a file that nothing is sent of. */
const IDLE: readonly UploadStatus[] = ['queued', 'preparing', 'paused', 'failed', 'canceled'];

/** Returns the function that ends it. */
export function showPreparing(uppy: Uppy): () => void {
  const registry = registryOf(uppy);
  if (!registry) return () => {};
  type File = UppyFile<Meta, Body> | undefined;
  const shown = new Set<string>();

  const publish = (id: string, status: 'preparing' | 'paused' | 'queued'): void => {
    const file: File = uppy.getFile(id);
    const before = registry.get(id);
    if (!file || (before && !IDLE.includes(before.status))) return;
    // What was shown before it failed is not taken back.
    const progress = before?.progress ?? { loaded: 0, total: 0, percent: 0, speed: 0, eta: undefined };
    const total = file.size ?? progress.total;
    registry.publish(id, { status, progress: { ...progress, total }, retryAt: undefined, error: undefined });
  };

  const onProgress = (file: File): void => {
    if (!file) return;
    shown.add(file.id);
    publish(file.id, uppy.getFile(file.id)?.isPaused ? 'paused' : 'preparing');
  };
  const onComplete = (file: File): void => {
    if (!file || !shown.delete(file.id)) return;
    publish(file.id, uppy.getFile(file.id)?.isPaused ? 'paused' : 'queued');
  };
  const onPause = (file: File): void => {
    if (file && shown.has(file.id)) onProgress(file);
  };
  const onRemoved = ({ id }: { readonly id: string }): void => void shown.delete(id);
  /** A preprocessor that throws ends the whole upload: nothing of it is on its way. */
  const onError = (): void => {
    for (const id of shown) if (registry.get(id)?.status === 'preparing') registry.remove(id);
    shown.clear();
  };

  function listen(how: 'on' | 'off'): void {
    uppy[how]('preprocess-progress', onProgress);
    uppy[how]('preprocess-complete', onComplete);
    uppy[how]('upload-pause', onPause);
    uppy[how]('file-removed', onRemoved);
    uppy[how]('error', onError);
  }
  listen('on');
  return () => listen('off');
}

type Registry = Pick<UploadRegistry, 'get' | 'publish' | 'remove'>;

/** Of the `PortageS3` beside. */
function registryOf(uppy: Uppy): Registry | undefined {
  let found: Registry | undefined;
  uppy.iteratePlugins((plugin) => {
    if (!('uploads' in plugin) || typeof plugin.uploads !== 'object' || !plugin.uploads) return;
    if ('publish' in plugin.uploads) found ??= plugin.uploads as Registry;
  });
  return found;
}
