/** Ours, with its defaults, against our own server; the checksum that the store compares is computed in the page. */
import { PortageS3, type PortageS3Options } from '@portage/uppy';
import Uppy, { type Body, type Meta } from '@uppy/core';
import type { Adapter } from '../adapter.ts';
import { watchTimeLeft } from '../time-left.ts';
import { uploadAll } from '../upload-all.ts';

export const upload: Adapter = (task) => withOptions(task, {});

export async function withOptions(
  { files, partSize }: Parameters<Adapter>[0],
  options: Partial<PortageS3Options<Meta, Body>>,
): ReturnType<Adapter> {
  const uppy = new Uppy();
  uppy.use(PortageS3, { endpoint: '/api/uploads', ...(partSize !== undefined && { partSize }), ...options });
  return () => {
    const end = watchTimeLeft(uppy);
    return uploadAll(uppy, files).finally(end);
  };
}
