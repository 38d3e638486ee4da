/** Looked at only where a file has failed because it changed. */
import type { Uppy } from '@uppy/core';
import type { Body, LocalUppyFile, Meta } from '@uppy/core/utils';
import { isBlob } from './is-blob.ts';
import { fileHandleOf, rememberFileHandle } from './resume/file-handles.ts';

/** Takes files as they are now, where the browser knows where they are. A retry then sends what is there. */
export async function freshen<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  files: readonly LocalUppyFile<M, B>[],
): Promise<void> {
  for (const { id, data } of files) {
    const handle = isBlob(data) ? fileHandleOf(data) : undefined;
    // Where it cannot be had, reading what is known of the file says why.
    const fresh = await handle?.getFile().catch(() => undefined);
    if (!handle || !fresh || !uppy.getFile(id)) continue;
    rememberFileHandle(fresh, handle);
    uppy.setFileState(id, { data: fresh, size: fresh.size });
  }
}
