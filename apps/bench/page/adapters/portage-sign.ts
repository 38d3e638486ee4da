/** Ours with the app's own signer in place of our server, as `@uppy/aws-s3` has it: the page speaks S3's XML itself. */
import { PortageS3 } from '@portage/uppy';
import Uppy from '@uppy/core';
import { type Adapter, call } from '../adapter.ts';
import { uploadAll } from '../upload-all.ts';

export const upload: Adapter = async ({ files, partSize }) => {
  const uppy = new Uppy();
  uppy.use(PortageS3, {
    signRequest: (request) => call('sign', request),
    ...(partSize !== undefined && { partSize }),
  });
  return () => uploadAll(uppy, files);
};
