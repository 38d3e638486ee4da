import { createSigner, encodeKey } from '@portage/protocol/sigv4';
import * as v from 'valibot';
import type { StoreAddress } from './store-reader.ts';

/** What `signRequest` of `@uppy/aws-s3` is called with. */
export const PresignableRequest = v.object({
  method: v.picklist(['PUT', 'POST', 'GET', 'DELETE']),
  key: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
  uploadId: v.optional(v.string()),
  partNumber: v.optional(v.pipe(v.number(), v.integer())),
  contentType: v.optional(v.string()),
  /** Portage's own, beyond Uppy's: where a list of parts is to go on. */
  partNumberMarker: v.optional(v.string()),
  /** Most parts in a list, so that a test needs no file of 1,001 parts. */
  maxParts: v.optional(v.pipe(v.number(), v.integer())),
  /** In seconds. */
  expiresIn: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(604_800)), 900),
});

/**
 * FOR TESTS ONLY: signs any request for any key, for whoever asks. It stands for the signing endpoint of an existing
 * Uppy app, as Uppy's documentation shows it.
 */
export function createUppySigner({ endpoint, bucket, region, credentials }: StoreAddress) {
  const signer = createSigner({ ...credentials, region });
  return ({
    method,
    key,
    uploadId,
    partNumber,
    contentType,
    partNumberMarker,
    maxParts,
    expiresIn,
  }: v.InferOutput<typeof PresignableRequest>) => {
    const query = new URLSearchParams();
    if (uploadId !== undefined) query.set('uploadId', uploadId);
    else if (method === 'POST') query.set('uploads', '');
    if (partNumber !== undefined) query.set('partNumber', String(partNumber));
    if (partNumberMarker !== undefined) query.set('part-number-marker', partNumberMarker);
    if (maxParts !== undefined) query.set('max-parts', String(maxParts));
    const url = `${endpoint}/${bucket}/${encodeKey(key)}?${query.toString().replaceAll('+', '%20')}`;
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    return { url: signer.presign({ method, url, headers, expiresIn, at: Date.now() }).url };
  };
}
