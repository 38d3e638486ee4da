import { toAlgorithm } from '../../checksum/algorithm.ts';
import { invalidArgument, invalidRequest } from '../../errors/s3-error.ts';
import { xmlResponse } from '../../http/s3-response.ts';
import type { StoredHeaders } from '../../store/records.ts';
import { xml } from '../../xml/write-xml.ts';
import { versionHeaders, versioningOf } from '../bucket/versioning.ts';
import { checksumElements } from '../checksum-headers.ts';
import { bucketOf, isoTime, keyOf, type Operation, type OperationContext, quoted } from '../operation.ts';
import { copyBytes } from './copy-bytes.ts';
import { type CopySource, copySource } from './copy-source.ts';
import { lockOf, withoutLock } from './object-lock.ts';
import { refuseUnknown, storedHeaders } from './stored-headers.ts';
import { checkKey } from './upload-size.ts';
import { writeCheck } from './write-conditions.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject: Operation = async (context) => {
  const bucket = bucketOf(context);
  const key = keyOf(context);
  checkKey(key);
  refuseUnknown(context.request.headers);
  const check = writeCheck(context, 'copy');
  check(bucket.objects.get(key));
  const source = copySource(context);
  const { headers: copied, replaces } = copiedHeaders(context, source);
  const headers = { ...withoutLock(copied), ...lockOf(bucket, context.request.headers, context.now()) };
  // An older version may be copied over the newest, which brings it back.
  if (!replaces && source.bucket === bucket && source.object === bucket.objects.get(key)) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const asked = context.request.headers['x-amz-checksum-algorithm'];
  const kept = source.object.checksum?.algorithm ?? context.mimic.everyObject;
  const algorithm = asked === undefined ? kept : toAlgorithm(String(asked));
  const { object } = source;
  const { blob, etag, checksum } = await copyBytes(source, { start: 0, length: object.size }, bucket, algorithm);
  const whole = checksum && ({ ...checksum, type: 'FULL_OBJECT' } as const);
  const lastModified = context.now();
  const record = { key, size: blob.size, etag, lastModified, headers, blobs: [blob] };
  try {
    const copy = { ...record, ...(whole && { checksum: whole }) };
    const stored = await bucket.objects.put(copy, check, versioningOf(bucket));
    const response = xmlResponse(
      xml('CopyObjectResult', [
        xml('LastModified', isoTime(lastModified)),
        xml('ETag', quoted(etag)),
        ...checksumElements(whole),
      ]),
    );
    return { ...response, headers: { ...response.headers, ...versionHeaders(stored) } };
  } catch (error) {
    await bucket.blobs.remove([blob]);
    throw error;
  }
};

/** The headers of the copy: those of the original, or those that came with the request. */
function copiedHeaders(
  { request }: OperationContext,
  { object }: CopySource,
): { readonly headers: StoredHeaders; readonly replaces: boolean } {
  const directive = String(request.headers['x-amz-metadata-directive'] ?? 'COPY');
  if (directive === 'REPLACE') return { headers: storedHeaders(request.headers), replaces: true };
  if (directive === 'COPY') return { headers: object.headers, replaces: false };
  throw invalidArgument('x-amz-metadata-directive', directive, 'Unknown metadata directive.');
}
