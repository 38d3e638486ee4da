/** One Uppy file and its upload: what the engine reports becomes Uppy's events. */
import {
  type Canceled,
  type Complete,
  type Engine,
  type Failed,
  type Intent,
  isSameFile,
  type Upload,
  type UploadError,
  type UploadSnapshot,
} from '@portage/engine';
import type { Uppy } from '@uppy/core';
import type { Body, LocalUppyFile, Meta } from '@uppy/core/utils';
import type { FileRange } from '../sending/file-range.ts';
import { steadyNow } from '../timer-clock.ts';
import { tell } from './tell.ts';
import type { UploadRegistry } from './uploads.ts';

/** At a progress event Uppy copies the list of all files (2 ms at 10,000 files), so each file sends few. */
const PROGRESS_INTERVAL = 250;

export interface FileUpload {
  /** Settles when the file is stored, has failed or is removed. Never rejects. */
  readonly settled: Promise<void>;
  readonly active: boolean;
  /** What is sent. */
  readonly data: Blob;
  /**
   * Whether it can go on with this file as it is now. One that was edited in the meantime needs another upload, and so
   * does one that is stored.
   */
  isOf(data: Blob, intent: Intent): boolean;
  pause(): void;
  resume(): void;
  /** Starts a failed upload again. */
  retry(): void;
  /** Ends the upload, and what the store holds of it. */
  cancel(): void;
  /** Stops the upload, keeps what the store holds, and lets go of Uppy. */
  detach(): void;
  /** The same; where the file is on its way, Uppy hears first that it failed. */
  end(error: UploadError): void;
}

export interface FileUploadContext<M extends Meta, B extends Body> {
  readonly uppy: Uppy<M, B>;
  readonly engine: Engine<FileRange>;
  readonly registry: UploadRegistry;
  /** By the files' ids. */
  readonly uploads: Map<string, FileUpload>;
}

/** It is among `uploads` before it starts: whoever is asked to create it looks there for what is sent. */
export function startFileUpload<M extends Meta, B extends Body>(
  { uppy, engine, registry, uploads }: FileUploadContext<M, B>,
  file: LocalUppyFile<M, B>,
  data: Blob,
  intent: Intent,
): void {
  const { id } = file;
  let settle: () => void;
  let settled = newSettled();
  let active = true;
  let attached = true;
  let stored = false;
  let told = 0;
  let upload: Upload | undefined;

  function newSettled(): Promise<void> {
    return new Promise((resolve) => {
      settle = resolve;
    });
  }

  function emit(send: (current: LocalUppyFile<M, B>) => void): void {
    const current = uppy.getFile(id);
    if (!attached || !current) return;
    tell(uppy, () => send(current as LocalUppyFile<M, B>));
  }

  function tellProgress(snapshot: UploadSnapshot, now = steadyNow()): void {
    told = now;
    const { loaded: bytesUploaded, total: bytesTotal } = snapshot.progress;
    emit((current) => {
      const { uploadStarted } = current.progress;
      // Of a thousand open files few have moved since the last tick.
      if (current.progress.bytesUploaded !== bytesUploaded)
        uppy.emit('upload-progress', current, {
          uploadStarted: uploadStarted ?? Date.now(),
          bytesUploaded,
          bytesTotal,
        });
    });
  }

  function onSnapshot(snapshot: UploadSnapshot): void {
    if (!attached) return;
    registry.publish(id, snapshot);
    const now = steadyNow();
    const whole = snapshot.progress.percent === 100 && snapshot.status === 'verifying';
    if (now - told >= PROGRESS_INTERVAL || whole) tellProgress(snapshot, now);
  }

  function onEnd(end: Complete | Failed | Canceled): void {
    active = false;
    if (end.at === 'complete') {
      stored = true;
      const { key, location, verifiedBy, secondLook, result, processing } = end.result;
      const told = {
        ...(verifiedBy && { verifiedBy }),
        ...(secondLook && { secondLook }),
        ...(result !== undefined && { result }),
        ...(processing && { processing }),
      };
      const body = { location, key, ...told } as unknown as B;
      emit((current) => uppy.emit('upload-success', current, { status: 200, body, uploadURL: location }));
    } else if (end.at === 'failed') {
      // For the developer: a page may show plainer words. Uppy logs the message.
      uppy.log(`${end.error.code}: ${end.error.hint}`, 'error');
      emit((current) => uppy.emit('upload-error', current, end.error));
    }
    settle();
  }

  function detach(): void {
    attached = false;
    upload?.pause();
    settle();
  }

  uploads.set(id, {
    get settled() {
      return settled;
    },
    get active() {
      return active;
    },
    data,
    isOf: (now, as) => !stored && now === data && isSameFile(as, intent),
    pause: () => upload?.pause(),
    resume: () => upload?.resume(),
    retry() {
      if (active) return;
      active = true;
      settled = newSettled();
      // Uppy put its own count back to 0; people have seen more.
      const snapshot = registry.get(id);
      if (snapshot) tellProgress(snapshot);
      upload?.retry();
    },
    cancel() {
      attached = false;
      upload?.cancel();
      settle();
    },
    detach,
    end(error) {
      if (active) emit((current) => uppy.emit('upload-error', current, error));
      detach();
    },
  });
  upload = engine.start(
    { size: data.size, slice: (start, end) => ({ file: data, start, end }) },
    intent,
    {
      onSnapshot,
      onPartStored: ({ partNumber, etag }) =>
        emit((current) =>
          uppy.emit('s3-multipart:part-uploaded', current, {
            PartNumber: partNumber,
            ETag: etag.replace(/^"+|"+$/g, ''),
          }),
        ),
      onEnd,
    },
    { paused: file.isPaused === true },
  );
}
