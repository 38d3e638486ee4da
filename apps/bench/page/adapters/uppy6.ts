/** `@uppy/aws-s3` 6 with its defaults. */
import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import { type Adapter, call } from '../adapter.ts';
import { uploadAll } from '../upload-all.ts';

export const upload: Adapter = async ({ files, partSize }) => {
  const uppy = new Uppy();
  uppy.use(AwsS3, {
    signRequest: (request) => call('sign', request),
    ...(partSize !== undefined && { getChunkSize: () => partSize }),
  });
  return () => uploadAll(uppy, files);
};
