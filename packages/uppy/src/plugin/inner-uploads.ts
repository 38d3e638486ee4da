/** What Uppy's own uploader does, as snapshots: it tells of it by events only. */
import { AppCallbackError, isUploadError, RemoteFailedError, type UploadSnapshot } from '@portage/engine';
import type { State, Uppy } from '@uppy/core';
import type { Body, Meta, UppyFile } from '@uppy/core/utils';
import { steadyNow } from '../timer-clock.ts';
import type { UploadRegistry } from './uploads.ts';

interface Running {
  /** When it was begun, in milliseconds, and how much of it was sent then, in bytes. */
  readonly at: number;
  readonly from: number;
}

export function showUploads<M extends Meta, B extends Body>(uppy: Uppy<M, B>, registry: UploadRegistry) {
  const running = new Map<string, Running>();

  function publish(id: string, status: UploadSnapshot['status'], change: Partial<UploadSnapshot> = {}): void {
    const progress = registry.get(id)?.progress ?? {
      ...{ loaded: 0, total: uppy.getFile(id)?.size ?? 0, percent: 0, speed: 0, eta: undefined },
    };
    registry.publish(id, { status, progress, retryAt: undefined, error: undefined, ...change });
  }

  /** Never backwards: what is sent again people have seen before. */
  function moved(id: string, { at, from }: Running, bytes: number, total: number): UploadSnapshot['progress'] {
    const loaded = Math.max(registry.get(id)?.progress.loaded ?? 0, bytes);
    const speed = (loaded - from) / Math.max(1, (steadyNow() - at) / 1000);
    const left = Math.max(0, total - loaded);
    const percent = left === 0 ? 100 : Math.min(99.9, (loaded / total) * 100);
    return { loaded, total, percent, speed, eta: left === 0 ? 0 : speed >= 1 ? left / speed : undefined };
  }

  function atRest(id: string): Pick<UploadSnapshot, 'progress'> | undefined {
    const progress = registry.get(id)?.progress;
    return progress && { progress: { ...progress, speed: 0, eta: undefined } };
  }

  const onProgress = (
    file: UppyFile<M, B> | undefined,
    sent: { bytesUploaded: number | false; bytesTotal: number | null },
  ) => {
    const known = file && running.get(file.id);
    if (!known || file.isPaused) return;
    const loaded = Number(sent.bytesUploaded);
    // A service may not know how long its file is.
    const total = Math.max(sent.bytesTotal ?? 0, file.size ?? 0, loaded);
    publish(file.id, 'uploading', { progress: moved(file.id, known, loaded, total) });
  };

  const onSuccess = (file: UppyFile<M, B> | undefined) => {
    if (!file || !running.delete(file.id)) return;
    const total = Math.max(file.size ?? 0, registry.get(file.id)?.progress.loaded ?? 0);
    publish(file.id, 'complete', { progress: { loaded: total, total, percent: 100, speed: 0, eta: 0 } });
  };

  const onError = (file: UppyFile<M, B> | undefined, cause: unknown) => {
    if (!file || !running.delete(file.id)) return;
    const error = isUploadError(cause) ? cause : new (file.isRemote ? RemoteFailedError : AppCallbackError)(cause);
    publish(file.id, 'failed', { ...atRest(file.id), error });
  };

  const onRemoved = ({ id }: UppyFile<M, B>) => running.delete(id);

  /** Of what Companion does nothing can be paused. */
  const onPaused = () => {
    for (const id of running.keys()) {
      const file = uppy.getState().files[id];
      if (file && !file.isRemote) publish(id, file.isPaused ? 'paused' : 'uploading', atRest(id));
    }
  };

  /** Between two attempts the file has no token. */
  const onState = (before: State<M, B>, now: State<M, B>, patch: Partial<State<M, B>> = {}) => {
    if (!patch.files) return;
    for (const id of running.keys()) {
      const [was, is] = [before.files[id], now.files[id]].map(
        (file) => file && 'serverToken' in file && file.serverToken,
      );
      if (was && is === null) publish(id, 'retrying', atRest(id));
      else if (is && was !== is) publish(id, 'uploading');
    }
  };

  function listen(how: 'on' | 'off'): void {
    uppy[how]('upload-progress', onProgress);
    uppy[how]('upload-success', onSuccess);
    uppy[how]('upload-error', onError);
    uppy[how]('file-removed', onRemoved);
    uppy[how]('state-update', onState);
    for (const event of ['upload-pause', 'pause-all', 'resume-all'] as const) uppy[how](event, onPaused);
  }
  listen('on');

  return {
    begin(fileIDs: readonly string[]): void {
      for (const id of fileIDs) {
        running.set(id, { at: steadyNow(), from: registry.get(id)?.progress.loaded ?? 0 });
        publish(id, 'uploading', atRest(id));
      }
    },
    end: () => listen('off'),
  };
}
