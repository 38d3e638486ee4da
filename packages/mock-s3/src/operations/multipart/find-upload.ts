import { S3Error } from '../../errors/s3-error.ts';
import type { Mimic } from '../../mimic/mimic.ts';
import type { MultipartUpload } from '../../store/multipart-upload.ts';
import { keyOf, type OperationContext } from '../operation.ts';

/** The upload id that a request names. */
export function uploadIdOf({ request }: OperationContext): string {
  return request.query.get('uploadId') ?? '';
}

/** Throws NoSuchUpload, or what the store says instead, if there is no such upload, or if it is one of another key. */
export function existing(
  upload: MultipartUpload | undefined,
  context: OperationContext,
  asked?: keyof Mimic['noUpload'],
): MultipartUpload {
  if (upload !== undefined && upload.record.key === keyOf(context)) return upload;
  // What can never have been an upload of this store is none that was aborted.
  const wasNever = !/^[0-9a-f]{44}$/.test(uploadIdOf(context)) && asked === 'complete';
  throw new S3Error(asked === undefined || wasNever ? 'NoSuchUpload' : context.mimic.noUpload[asked], {
    details: { UploadId: uploadIdOf(context) },
  });
}
