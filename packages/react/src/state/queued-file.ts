import type { Uppy } from '@uppy/core';
import { getFileNameAndExtension, getFileType, getSafeFileId } from '@uppy/core/utils';
import type { FileInfo } from './file-info.ts';
import type { PickedFile } from './picked-files.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** A picked file, and what Uppy will call it. */
export interface QueuedFile {
  readonly info: FileInfo;
  readonly picked: PickedFile;
}

/** What Uppy takes. @param fields - What is said of it. */
export function toUppyFile({ file, relativePath }: PickedFile, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    name: file.name,
    type: file.type,
    data: file,
    source: 'Portage',
    isRemote: false as const,
    meta: relativePath === undefined ? fields : { ...fields, relativePath },
  };
}

export function toQueuedFile(uppy: Uppy, picked: PickedFile): QueuedFile {
  const { file, relativePath } = picked;
  const id = getSafeFileId(toUppyFile(picked), uppy.getID());
  return { picked, info: { id, name: file.name, size: file.size, type: file.type, relativePath } };
}

/**
 * Why Uppy would refuse the file, before it has it: someone who drops 10,000 files should not learn an hour later that
 * the last one is too large. Undefined for a file that Uppy takes.
 */
export function refusalAhead(uppy: Uppy, { info, picked }: QueuedFile): Refusal | undefined {
  const { maxFileSize, minFileSize, allowedFileTypes } = uppy.opts.restrictions;
  if (!maxFileSize && !minFileSize && !allowedFileTypes) return undefined;
  const type = getFileType(toUppyFile(picked));
  const { extension = '' } = getFileNameAndExtension(info.name);
  const file = { id: info.id, name: info.name, size: info.size, type, extension };
  const message = uppy.validateSingleFile(file as Parameters<typeof uppy.validateSingleFile>[0]);
  if (message === null) return undefined;
  return refusalOf(file, message, { limits: uppy.opts.restrictions, has: () => false });
}
