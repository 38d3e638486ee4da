import { createHash } from 'node:crypto';
import { type S3Response, xmlResponse } from '../../http/s3-response.ts';
import { encodeUriPath } from '../../http/uri.ts';
import type { Bucket } from '../../store/bucket.ts';
import type { CompletedUpload } from '../../store/completed-uploads.ts';
import type { MultipartUpload } from '../../store/multipart-upload.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { type NamedPart, parseComplete } from '../../xml/parse-complete.ts';
import { xml } from '../../xml/write-xml.ts';
import { versionHeaders, versioningOf } from '../bucket/versioning.ts';
import { checksumElements } from '../checksum-headers.ts';
import { refuseUnknown } from '../object/stored-headers.ts';
import { writeCheck } from '../object/write-conditions.ts';
import { bucketOf, keyOf, type Operation, type OperationContext, quoted } from '../operation.ts';
import { checkObjectSize, chooseParts, inOrder } from './choose-parts.ts';
import { completedChecksum } from './completed-checksum.ts';
import { existing, uploadIdOf } from './find-upload.ts';

/** Room for 10,000 parts with every checksum that S3 knows, in bytes. */
const MAX_BODY = 8 * 1024 * 1024;

/**
 * Makes an object of an upload's parts. No byte is copied: the object's record names the blobs of its parts.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export const completeMultipartUpload: Operation = async (context) => {
  const bucket = bucketOf(context);
  refuseUnknown(context.request.headers);
  const named = inOrder(parseComplete(await context.body.text(MAX_BODY)), context.mimic);
  return bucket.uploads.change(uploadIdOf(context), async (upload) => {
    const repeated = upload === undefined ? findRepeated(context, bucket, named) : undefined;
    if (repeated) return responseTo(context, bucket, repeated);
    return responseTo(context, bucket, await complete(context, bucket, existing(upload, context, 'complete'), named));
  });
};

/** What an earlier Complete of the same parts made, where the store tells it again. */
function findRepeated(
  context: OperationContext,
  bucket: Bucket,
  named: readonly NamedPart[],
): CompletedUpload | undefined {
  if (context.mimic.repeatedComplete === 'NoSuchUpload') return undefined;
  const completed = bucket.completed.get(uploadIdOf(context));
  return completed?.key === keyOf(context) && completed.etag === multipartEtag(named) ? completed : undefined;
}

async function complete(
  context: OperationContext,
  bucket: Bucket,
  upload: MultipartUpload,
  named: readonly NamedPart[],
): Promise<ObjectRecord> {
  const check = writeCheck(context, 'complete');
  const parts = chooseParts(upload, named, context);
  const size = parts.reduce((sum, { blob }) => sum + blob.size, 0);
  checkObjectSize(context.request.headers, size);
  const checksum = await completedChecksum(context.request.headers, upload, parts, named, context.mimic);
  const { key, headers, uploadId } = upload.record;
  const object: ObjectRecord = {
    key,
    headers,
    uploadId,
    size,
    etag: multipartEtag(parts),
    lastModified: context.now(),
    blobs: parts.map(({ blob }) => blob),
    parts: parts.map(({ partNumber, etag, checksum: own }) => ({ partNumber, etag, ...(own && { checksum: own }) })),
    ...(checksum && { checksum }),
  };
  const stored = await bucket.objects.put(object, check, versioningOf(bucket));
  bucket.completed.add(stored);
  // Parts that were sent but not named are deleted with the upload.
  await bucket.uploads.remove(upload, new Set(object.blobs.map(({ id }) => id)));
  return stored;
}

/** MD5 of the parts' MD5s, a dash, and how many they are. */
function multipartEtag(parts: readonly { readonly etag: string }[]): string {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
}

function responseTo(
  context: OperationContext,
  bucket: Bucket,
  { etag, checksum, versionId }: Omit<CompletedUpload, 'key'>,
): S3Response {
  const key = keyOf(context);
  const response = xmlResponse(
    xml('CompleteMultipartUploadResult', [
      xml('Location', `${context.request.origin}/${bucket.name}/${encodeUriPath(key)}`),
      xml('Bucket', bucket.name),
      xml('Key', key),
      xml('ETag', quoted(etag)),
      ...checksumElements(checksum),
    ]),
  );
  return { ...response, headers: { ...response.headers, ...versionHeaders({ ...(versionId && { versionId }) }) } };
}
