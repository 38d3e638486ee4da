import * as v from 'valibot';

/**
 * The store loses the multipart upload that a request names, as a lifecycle rule does that aborts old ones. This and
 * all later requests get NoSuchUpload.
 */
export interface NoSuchUpload {
  readonly kind: 'no_such_upload';
}

export const noSuchUploadSchema = v.strictObject({ kind: v.literal('no_such_upload') });
