/**
 * Uppy's own uploader, kept inside ours: it does what needs a Companion server (remote files), and everything under
 * `engine: 'uppy'`. Its uploader function is caught where the plugin registers it, so that it runs when we say.
 */
import type { UploadError } from '@portage/engine';
import AwsS3, { type AwsS3Options } from '@uppy/aws-s3';
import type { Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import type { PortageS3Options } from './options.ts';
import { tell } from './tell.ts';

export interface InnerAwsS3 {
  /** Uppy's uploader function for these files. */
  upload(fileIDs: string[], uploadID: string): Promise<unknown>;
  /** Ends it; files that are on their way fail with `error`. */
  uninstall(error: UploadError): void;
}

/**
 * @param options - `allowedMetaFields` is read for each upload.
 * @throws TypeError on options that `@uppy/aws-s3` does not take.
 */
export function installInnerAwsS3<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  options: PortageS3Options<M, B>,
): InnerAwsS3 {
  type Uploader = Parameters<Uppy<M, B>['addUploader']>[0];
  let uploader: Uploader | undefined;
  const caught = {
    addUploader: (fn: Uploader) => {
      uploader = fn;
    },
    removeUploader: () => {},
  };
  const proxy = new Proxy(uppy, {
    get(target, property) {
      if (property === 'addUploader' || property === 'removeUploader') return caught[property];
      const value: unknown = Reflect.get(target, property, target);
      // Uppy has private members: its methods must run on Uppy itself.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const plugin = new AwsS3<M, B>(proxy, innerOptions(options));
  plugin.install();
  /** Files that it was given, and what has it give them back. */
  const running = new Map<readonly string[], () => void>();
  return {
    async upload(fileIDs, uploadID) {
      plugin.setOptions(metaOptions(options));
      const ended = new Promise<void>((resolve) => running.set(fileIDs, resolve));
      try {
        // Uninstalled in mid-upload, it never comes to its end.
        await Promise.race([uploader?.(fileIDs, uploadID), ended]);
      } finally {
        running.delete(fileIDs);
      }
    },
    uninstall(error) {
      plugin.uninstall();
      for (const [fileIDs, end] of running) {
        const files = uppy.getFilesByIds(fileIDs.filter((id) => id in uppy.getState().files));
        const open = files.filter((file) => !file.progress.uploadComplete && !file.error);
        for (const file of open) tell(uppy, () => uppy.emit('upload-error', file, error));
        end();
      }
    },
  };
}

/** What of a file's metadata goes along, to Companion as to an upload server. */
function metaOptions<M extends Meta, B extends Body>({ allowedMetaFields = true }: PortageS3Options<M, B>) {
  return { allowedMetaFields } as Partial<AwsS3Options<M, B>>;
}

function innerOptions<M extends Meta, B extends Body>(options: PortageS3Options<M, B>): AwsS3Options<M, B> {
  const id = `${options.id ?? 'PortageS3'}:remote`;
  if (!('endpoint' in options)) return { ...options, id };
  // Remote files go from Companion to the store: nothing is signed here.
  const signRequest = () => {
    throw new Error('PortageS3: only remote files go this way, and Companion signs for them.');
  };
  return { ...metaOptions(options), id, signRequest } as AwsS3Options<M, B>;
}
