import { isBlob } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import type { UploadQueue } from './upload-queue.ts';

/** The file's own bytes, wherever it is; undefined of one that comes from another service, or that was put away. */
export function fileData(uppy: Uppy, queue: Pick<UploadQueue, 'outside'>, id: string): Blob | undefined {
  const data: unknown = queue.outside.get(id)?.picked?.file ?? uppy.getState().files[id]?.data;
  return isBlob(data) ? data : undefined;
}
