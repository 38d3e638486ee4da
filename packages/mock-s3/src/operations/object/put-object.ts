import { storedResponse } from '../../http/stored-response.ts';
import { versionHeaders, versioningOf } from '../bucket/versioning.ts';
import { checksumHeaders } from '../checksum-headers.ts';
import { bucketOf, keyOf, type Operation, quoted } from '../operation.ts';
import { checkLockedBody, lockOf } from './object-lock.ts';
import { refuseUnknown, storedHeaders, withMetadata } from './stored-headers.ts';
import { checkKey, checkUploadSize } from './upload-size.ts';
import { writeCheck } from './write-conditions.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: Operation = async (context) => {
  const { request, body, now, mimic } = context;
  const bucket = bucketOf(context);
  const key = keyOf(context);
  checkKey(key);
  refuseUnknown(request.headers);
  const check = writeCheck(context, 'put');
  check(bucket.objects.get(key));
  checkUploadSize(body);
  const lock = lockOf(bucket, request.headers, now());
  checkLockedBody(lock, context, 'Object');
  const headers = { ...storedHeaders(withMetadata(context)), ...lock };
  if (mimic.everyObject && body.claimedAlgorithm === undefined) body.want(mimic.everyObject);
  const blob = await bucket.blobs.write(body.bytes());
  const checksum = body.checksum && ({ ...body.checksum, type: 'FULL_OBJECT' } as const);
  const record = { key, size: blob.size, etag: body.md5, lastModified: now(), headers, blobs: [blob] };
  try {
    const stored = { ...record, ...(checksum && { checksum }) };
    const version = versionHeaders(await bucket.objects.put(stored, check, versioningOf(bucket)));
    return storedResponse(mimic, { etag: quoted(body.md5), ...checksumHeaders(checksum), ...version });
  } catch (error) {
    await bucket.blobs.remove([blob]);
    throw error;
  }
};
