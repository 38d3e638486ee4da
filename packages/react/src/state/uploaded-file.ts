import { isBlob } from '@portage/uppy';
import type { Body, Meta, UppyFile } from '@uppy/core/utils';

/** A file that is stored. */
export interface UploadedFile<Result = unknown> {
  /** Uppy's id of the file. */
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** What was sent; undefined for a file that did not come from this browser. */
  readonly data: Blob | undefined;
  /** What the server answered on completion. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What the `onComplete` of its route returned, where the upload server is Portage's. */
  readonly result: Result;
}

/** From what Uppy tells on success. */
export function uploadedFile(
  file: UppyFile<Meta, Body>,
  { body = {} }: { readonly body?: Readonly<Record<string, unknown>> | undefined },
): UploadedFile {
  const { id, name, size, data } = file;
  return {
    id,
    name: name ?? '',
    size: size ?? 0,
    data: isBlob(data) ? data : undefined,
    body,
    result: body['result'],
  };
}
