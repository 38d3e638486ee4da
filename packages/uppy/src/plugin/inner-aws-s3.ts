/**
 * Uppy's own uploader, kept inside ours: it does what only a Companion server can do (remote files), and everything under
 * `engine: 'uppy'`. Its uploader function is caught where the plugin registers it, so that it runs when we say.
 */
import type { UploadError } from '@portage/engine';
import AwsS3, { type AwsS3Options } from '@uppy/aws-s3';
import type { Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { showUploads } from './inner-uploads.ts';
import type { PortageS3Options } from './options.ts';
import { tell } from './tell.ts';
import type { UploadRegistry } from './uploads.ts';

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
  registry: UploadRegistry,
): InnerAwsS3 {
  type Uploader = Parameters<Uppy<M, B>['addUploader']>[0];
  let uploader: Uploader | undefined;
  const caught = {
    addUploader: (fn: Uploader) => {
      uploader = fn;
    },
    removeUploader: () => {},
    // While it has remote files it says that nothing can be paused. What our engine sends can.
    setState: (patch: Parameters<Uppy<M, B>['setState']>[0]) => {
      if (options.engine === 'uppy' || !Object(patch).capabilities) uppy.setState(patch);
    },
  };
  const proxy = new Proxy(uppy, {
    get(target, property) {
      if (Object.hasOwn(caught, property)) return caught[property as keyof typeof caught];
      const value: unknown = Reflect.get(target, property, target);
      // Uppy has private members: its methods must run on Uppy itself.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const plugin = new AwsS3<M, B>(proxy, {
    ...options,
    id: `${options.id ?? 'PortageS3'}:remote`,
  } as AwsS3Options<M, B>);
  plugin.install();
  const shown = showUploads(uppy, registry);
  /** Files that it was given, and what has it give them back. */
  const running = new Map<readonly string[], () => void>();
  return {
    async upload(fileIDs, uploadID) {
      const { allowedMetaFields = true } = options;
      plugin.setOptions({ allowedMetaFields } as Partial<AwsS3Options<M, B>>);
      shown.begin(fileIDs);
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
      shown.end();
    },
  };
}
