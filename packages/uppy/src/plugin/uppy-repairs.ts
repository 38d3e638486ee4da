/**
 * Faults of Uppy and its plugins that uploads would stumble over. Each says which version has it and the public issue that it
 * waits for; where none is named, none is known. In place with `@uppy/core` 6.3.1.
 */
import type { State, Uppy } from '@uppy/core';
import type { Body, LocalUppyFile, Meta, UppyFile } from '@uppy/core/utils';
import { fileHandleOf, isBlob, rememberFileHandle } from '../file-data.ts';
import type { FileUpload } from './file-upload.ts';
import type { Uploads } from './uploads.ts';

export interface Repairs {
  /** Called before files start, with those that are about to: they become what is to be sent. Never rejects. */
  settle(files: readonly { readonly id: string }[]): Promise<void>;
  /** The uploader was reached: all that preprocessors do to the files of this upload is done. */
  reached(uploadID: string): void;
  end(): void;
}

/**
 * @param uploads - what is, or was, under way, by the files' ids.
 * @param onUnprepared - called for each file that a preprocessor has thrown for.
 */
export function repairUppy<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  uploads: ReadonlyMap<string, FileUpload>,
  snapshots: Pick<Uploads, 'get'>,
  onUnprepared: (file: UppyFile<M, B>) => void,
): Repairs {
  /** Uploads that have come as far as the uploader. */
  const reached = new Set<string>();
  /** Files as they were when their upload was retried. */
  const retried = new WeakMap<FileUpload, UppyFile<M, B>>();

  /**
   * Before Uppy's preprocessors, which run once more at each retry (core 6.3.1). A file that was edited since is another one to
   * them. Uppy has just taken the pause off the file, and tells nobody.
   */
  const onRetry = (files: UppyFile<M, B> | UppyFile<M, B>[]): void => {
    for (const file of [files].flat()) {
      const upload = uploads.get(file.id);
      if (upload?.active) upload.resume();
      if (upload && upload.data === file.data) retried.set(upload, file);
      else if (upload) retried.delete(upload);
    }
  };

  /**
   * The image editor (5.0.0) saves what the browser can write: of a GIF or BMP it makes a PNG, and leaves the type and the
   * name of the file as they were. The bytes know what they are.
   * @see https://github.com/transloadit/uppy/issues/3607 - the same fault, mended in the compressor only
   */
  const onEdited = (edited: UppyFile<M, B> | undefined): void => {
    const file: UppyFile<M, B> | undefined = edited && uppy.getFile(edited.id);
    const type = file && !file.isRemote ? file.data?.type : undefined;
    if (!file || !type?.startsWith('image/') || type === file.type) return;
    const extension = type.slice('image/'.length);
    const named = (name: string) => `${name.replace(/\.[^.]*$/, '')}.${extension}`;
    const meta = { ...file.meta, type, name: named(file.meta.name) };
    uppy.setFileState(file.id, { type, extension, name: named(file.name), meta });
  };

  /** Where a preprocessor throws (core 6.3.1), the files stay in the list, not begun and not failed, and nobody is told of them. */
  function dropped(before: State<M, B>['currentUploads'], now: State<M, B>['currentUploads']): void {
    for (const [id, { fileIDs }] of Object.entries(before)) {
      if (id in now || reached.delete(id)) continue;
      // Mostly they are gone as well. What is added again in the same breath is another file; what is on its way goes on. Not within
      // the change of the state.
      for (const file of uppy.getFilesByIds(fileIDs))
        if (file && !uploads.get(file.id)?.active) queueMicrotask(() => onUnprepared(file));
    }
  }

  const onState = (before: State<M, B>, _: State<M, B>, { currentUploads }: Partial<State<M, B>> = {}): void => {
    if (!currentUploads) return;
    fromTheStart(uppy, before.currentUploads, currentUploads);
    dropped(before.currentUploads, currentUploads);
  };

  /**
   * Companion (6.2.2) names what it has stored in S3's own words. The first listener of all has them said as for other files.
   * @see https://github.com/transloadit/uppy/issues/5586
   */
  const onSuccess = (file: UppyFile<M, B> | undefined, { body }: { body?: B | undefined }): void => {
    if (file?.isRemote && body) Object.assign(body, { key: body['Key'], location: body['Location'] });
  };

  /** `resumeAll()` has just taken the error off every file, also off those that do not go on. */
  const onResumeAll = (): void => {
    setPaused(false);
    for (const id of uploads.keys()) {
      const error = snapshots.get(id)?.error;
      if (error && uppy.getFile(id)) uppy.setFileState(id, { error: error.message });
    }
  };

  /** `pauseAll()` and `resumeAll()` (core 6.3.1) pass over what was started and is still asked about, cut or compressed. */
  const setPaused = (isPaused: boolean): void => {
    const { files, currentUploads } = uppy.getState();
    const ids = Object.values(currentUploads).flatMap(({ fileIDs }) => fileIDs);
    const unbegun = ids.filter((id) => files[id]?.progress.uploadStarted === null);
    uppy.patchFilesState(Object.fromEntries(unbegun.map((id) => [id, { isPaused }])));
  };
  const onPauseAll = (): void => setPaused(true);

  /**
   * `upload()` (core 6.3.1) first tries again what has failed, and has new files wait until that is over. It is called for each file
   * that is added. Where there are new files it is for those alone, and for what has failed before it began: it lacked a field, or
   * could not be prepared.
   */
  const plainUpload = uppy.upload.bind(uppy);
  const upload: typeof uppy.upload = () => {
    const files = uppy.getFiles();
    const failed = files.filter(({ error }) => error);
    if (!failed[0] || files.every(({ progress }) => progress.uploadStarted)) return plainUpload();
    uppy.patchFilesState(Object.fromEntries(failed.map(({ id }) => [id, { error: null }])));
    try {
      return plainUpload();
    } finally {
      // It has chosen its files, and sends none that has an error.
      const left = failed.filter(({ id, progress }) => progress.uploadStarted && uppy.getFile(id));
      uppy.patchFilesState(Object.fromEntries(left.map(({ id, error }) => [id, { error: error as string }])));
    }
  };

  /** `clear()` (core 6.3.1) takes all files away without a word: nobody ends their uploads, or gives their pictures away. */
  const clear = (): void => uppy.removeFiles(Object.keys(uppy.getState().files));
  Object.assign(uppy, { upload, clear });

  function listen(how: 'on' | 'off'): void {
    uppy[how]('pause-all', onPauseAll);
    uppy[how]('upload-retry', onRetry);
    uppy[how]('retry-all', onRetry);
    // The image editor's own, which is not among the types of the core.
    uppy[how]('file-editor:complete' as 'upload-retry', onEdited);
    uppy[how]('state-update', onState);
    uppy[how]('upload-success', onSuccess);
    uppy[how]('resume-all', onResumeAll);
  }
  listen('on');

  return {
    async settle(files) {
      for (const { id } of files) {
        const file = uppy.getFile(id) as LocalUppyFile<M, B> | undefined;
        const upload = uploads.get(id);
        const before = upload && retried.get(upload);
        if (file && before && before.data !== file.data) asBefore(uppy, before);
        else if (file && snapshots.get(id)?.error?.code.startsWith('file-')) await refresh(uppy, file);
      }
    },
    reached: (uploadID) => reached.add(uploadID),
    end() {
      listen('off');
      const own: Partial<Pick<typeof uppy, 'upload' | 'clear'>> = uppy;
      delete own.upload;
      delete own.clear;
    },
  };
}

/**
 * An upload that another page has begun, such as the Golden Retriever (6.0.0) restores: its step may be behind the uploader of
 * this page, which `uppy.restore()` would pass over.
 */
function fromTheStart<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  before: State<M, B>['currentUploads'],
  now: State<M, B>['currentUploads'],
): void {
  for (const [id, upload] of Object.entries(now)) {
    if (id in before || !upload.step) continue;
    const { currentUploads } = uppy.getState();
    uppy.setState({ currentUploads: { ...currentUploads, [id]: { ...upload, step: 0 } } });
  }
}

/** What was sent before: Compressor (4.0.0) compresses what it has compressed, and the picture gets worse. */
function asBefore<M extends Meta, B extends Body>(uppy: Uppy<M, B>, file: UppyFile<M, B>): void {
  if (file.isRemote) return;
  const { id, data, size, name, type, extension, meta } = file;
  uppy.setFileState(id, { data, size, name, type, extension, meta });
}

/** The file as it is now, where the browser knows where it is. */
async function refresh<M extends Meta, B extends Body>(uppy: Uppy<M, B>, file: LocalUppyFile<M, B>): Promise<void> {
  const { id, data } = file;
  const handle = isBlob(data) ? fileHandleOf(data) : undefined;
  // Where it cannot be had, reading what is known of the file says why.
  const fresh = await handle?.getFile().catch(() => undefined);
  if (!handle || !fresh || !uppy.getFile(id)) return;
  rememberFileHandle(fresh, handle);
  uppy.setFileState(id, { data: fresh, size: fresh.size });
}
