'use client';
import { type PrepareOptions, Prepare as PreparePlugin } from '@portage/uppy/prepare';
import { type ReactNode, useInsertionEffect } from 'react';
import { useUploadContext } from '../state/context.ts';

/**
 * Prepares the files of the `Uploader` or `Upload.Root` around it before they are sent: pictures are made smaller, become another
 * format, and lose what tells of place, time and camera; text is compressed. Its code is loaded with the first file. Props that
 * change hold for the files from then on.
 *
 * @example
 * <Uploader endpoint="/api/uploads">
 *   <Prepare images={{ maxWidth: 2400, maxHeight: 2400 }} />
 * </Uploader>
 */
export function Prepare({ images, gzip }: PrepareOptions): ReactNode {
  const { uppy } = useUploadContext();
  // Files are prepared while the component is hidden, too: hence the kind of effect.
  useInsertionEffect(() => {
    uppy.use(PreparePlugin);
    return () => {
      const plugin = uppy.getPlugin('Prepare');
      if (plugin) uppy.removePlugin(plugin);
    };
  }, [uppy]);
  useInsertionEffect(() => {
    uppy.getPlugin('Prepare')?.setOptions({ images, gzip });
  });
  return null;
}
