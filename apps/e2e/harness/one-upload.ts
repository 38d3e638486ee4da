/** One upload in an Uppy of its own, so that many of them run in one page without touching each other. */
import { PortageS3, type UploadStatus } from '@portage/uppy';
import Uppy from '@uppy/core';
import { type Setup, signingOptions } from './signing.ts';

export interface OneUpload {
  readonly name: string;
  /** In bytes, filled with random ones. */
  readonly size: number;
  readonly setup: Setup;
  readonly options?: object;
}

/** How it ended, as the page sees it. */
export interface UploadEnd {
  readonly name: string;
  /** `complete`, or the code of the error. */
  readonly end: string;
  /** What the person is told. */
  readonly message: string | undefined;
  readonly hint: string | undefined;
  /** Of the stored object. */
  readonly key: string | undefined;
  /** Of the bytes that were picked, in hex. */
  readonly sha256: string;
  /** Whether a progress that was shown was ever taken back. */
  readonly wentBack: boolean;
  /** In milliseconds, by the page's clock. */
  readonly took: number;
}

/** The status of each upload, by name. */
const statuses = new Map<string, UploadStatus>();

declare global {
  interface Window {
    runUpload(upload: OneUpload): Promise<UploadEnd>;
    statusOfUpload(name: string): UploadStatus | undefined;
  }
}

window.statusOfUpload = (name) => statuses.get(name);

window.runUpload = async ({ name, size, setup, options }) => {
  const bytes = randomBytes(size);
  const data = new File([bytes], name);
  const uppy = new Uppy({ id: name });
  uppy.use(PortageS3, { ...signingOptions(setup), ...options } as never);
  const plugin = uppy.getPlugin('PortageS3') as unknown as PortageS3<never, never>;
  let shown = 0;
  let wentBack = false;
  uppy.on('file-added', ({ id }) => {
    plugin.uploads.subscribe(id, () => {
      const snapshot = plugin.uploads.get(id);
      if (!snapshot) return;
      statuses.set(name, snapshot.status);
      wentBack ||= snapshot.progress.loaded < shown;
      shown = snapshot.progress.loaded;
    });
  });
  const began = Date.now();
  const id = uppy.addFile({ name, type: 'application/octet-stream', data });
  await uppy.upload();
  const { progress, response } = uppy.getFile(id);
  const error = plugin.uploads.get(id)?.error;
  const unknown = progress.uploadComplete ? 'complete' : 'neither stored nor failed';
  const end: UploadEnd = {
    name,
    end: error?.code ?? unknown,
    message: error?.message,
    hint: error?.hint,
    key: (response?.body as { key?: string } | undefined)?.key,
    sha256: hex(await crypto.subtle.digest('SHA-256', bytes)),
    wentBack,
    took: Date.now() - began,
  };
  uppy.destroy();
  return end;
};

/** `getRandomValues` gives 64 KiB at a time. */
function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let start = 0; start < size; start += 65_536) crypto.getRandomValues(bytes.subarray(start, start + 65_536));
  return bytes;
}

const hex = (digest: ArrayBuffer) =>
  [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
