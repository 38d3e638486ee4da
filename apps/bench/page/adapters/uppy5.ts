/** `@uppy/aws-s3` 5, which sends parts in parallel, with its defaults. */
import { AwsS3, Uppy } from '@portage/uppy5';
import { type Adapter, call } from '../adapter.ts';
import { uploadAll } from '../upload-all.ts';

export const upload: Adapter = async ({ files, partSize }) => {
  const uppy = new Uppy();
  uppy.use(AwsS3, {
    getUploadParameters: () => call('v5/put'),
    createMultipartUpload: () => call('v5/create'),
    signPart: (_file, { key, uploadId, partNumber }) => call('v5/sign', { key, uploadId, partNumber }),
    completeMultipartUpload: (_file, { key, uploadId, parts }) =>
      call('v5/complete', {
        key,
        uploadId,
        parts: parts.map(({ PartNumber, ETag }) => ({ partNumber: PartNumber, etag: ETag })),
      }),
    // Asked for only where an upload goes on or is given up, which happens to none here.
    listParts: async () => [],
    abortMultipartUpload: async () => {},
    ...(partSize !== undefined && { getChunkSize: () => partSize }),
  });
  return () => uploadAll(uppy, files);
};
