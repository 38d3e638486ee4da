/** The files of the page, as far as resuming is concerned: what was picked, what is sent of it, and what is to go on. */

import type { Uppy } from '@uppy/core';
import { isBlob } from '../file-data.ts';
/** A file with its bytes. */
export interface PageFile {
  readonly name: string;
  readonly type: string;
  readonly data: Blob;
}

export interface PageFiles {
  /** The bytes that are sent. */
  dataOf(fileID: string): Blob | undefined;
  /** The file as it was added, where other bytes are sent since: it was compressed or edited. */
  pickedOf(fileID: string): PageFile | undefined;
  /** Adds a file and starts it, to go on with the upload of that record. @param fields - what was said of it. */
  goOn(recordID: string, file: PageFile, fields?: Readonly<Record<string, string>>): void;
  /** The record that the file was added for. */
  goesOnWith(fileID: string): string | undefined;
  /** Ends the watching of Uppy. */
  close(): void;
}

export function createPageFiles(uppy: Uppy, source: string, dataOf: (fileID: string) => Blob | undefined): PageFiles {
  const added = new Map<string, PageFile>();
  const goingOn = new WeakMap<Blob, string>();
  const add = ({ id, name, type, data }: ReturnType<typeof uppy.getFile>): void => {
    if (isBlob(data)) added.set(id, { name: name ?? '', type, data });
  };
  const remove = ({ id }: { readonly id: string }): void => void added.delete(id);
  uppy.getFiles().forEach(add);
  uppy.on('file-added', add);
  uppy.on('file-removed', remove);

  return {
    dataOf,
    pickedOf(fileID) {
      const file = added.get(fileID);
      return file?.data === dataOf(fileID) ? undefined : file;
    },
    goOn(recordID, file, fields = {}) {
      goingOn.set(file.data, recordID);
      uppy.addFile({ ...file, source, meta: fields });
      if (!uppy.opts.autoProceed) uppy.upload().catch((error) => uppy.log(error, 'error'));
    },
    goesOnWith(fileID) {
      const file = added.get(fileID);
      return file && goingOn.get(file.data);
    },
    close() {
      uppy.off('file-added', add);
      uppy.off('file-removed', remove);
      added.clear();
    },
  };
}
