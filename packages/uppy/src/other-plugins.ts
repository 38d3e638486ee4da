/** What other plugins of Uppy, and the person, do to files beside our uploads. Loaded beside the page's code. */
import type { State, Uppy } from '@uppy/core';
import type { Body, LocalUppyFile, Meta, UppyFile } from '@uppy/core/utils';
import type { FileUpload } from './file-upload.ts';
import { isBlob } from './is-blob.ts';
import { fileHandleOf, rememberFileHandle } from './resume/file-handles.ts';
import type { Uploads } from './uploads.ts';

export interface OtherPlugins {
  /** Called before files start, with those that are about to: they become what is to be sent. Never rejects. */
  settle(files: readonly { readonly id: string }[]): Promise<void>;
  /** `uppy.clear()` leaves the names of its files in the upload, over which Uppy would stumble. */
  forgetCleared(uploadID: string): void;
  end(): void;
}

/**
 * @param uploads - what is, or was, under way, by the files' ids.
 */
export function watchOthers<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  uploads: ReadonlyMap<string, FileUpload>,
  snapshots: Pick<Uploads, 'get'>,
): OtherPlugins {
  /** Files as they were when their upload was retried. */
  const retried = new WeakMap<FileUpload, UppyFile<M, B>>();

  /** Before Uppy's preprocessors, which run once more at each retry. A file that was edited since is another one to them. */
  const onRetry = (files: UppyFile<M, B> | UppyFile<M, B>[]): void => {
    for (const file of [files].flat()) {
      const upload = uploads.get(file.id);
      if (upload && upload.data === file.data) retried.set(upload, file);
      else if (upload) retried.delete(upload);
    }
  };

  /**
   * The image editor (5.0.0) saves what the browser can write: of a GIF or BMP it makes a PNG, and leaves the type and the
   * name of the file as they were. The bytes know what they are.
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

  /** `uppy.clear()` takes all files away without a word, so that nobody gives their previews away. */
  const onState = (before: State<M, B>, { files }: State<M, B>): void => {
    for (const _ in files) return;
    for (const { preview } of Object.values(before.files))
      if (preview?.startsWith('blob:')) URL.revokeObjectURL(preview);
  };

  function listen(how: 'on' | 'off'): void {
    uppy[how]('upload-retry', onRetry);
    uppy[how]('retry-all', onRetry);
    // The image editor's own, which is not among the types of the core.
    uppy[how]('file-editor:complete' as 'upload-retry', onEdited);
    uppy[how]('state-update', onState);
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
    forgetCleared(uploadID) {
      const { currentUploads } = uppy.getState();
      const current = currentUploads[uploadID];
      if (!current || current.fileIDs.every((id) => uppy.getFile(id))) return;
      const fileIDs = current.fileIDs.filter((id) => uppy.getFile(id));
      uppy.setState({ currentUploads: { ...currentUploads, [uploadID]: { ...current, fileIDs } } });
    },
    end: () => listen('off'),
  };
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
