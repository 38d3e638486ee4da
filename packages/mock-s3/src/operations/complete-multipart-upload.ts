import { createHash } from 'node:crypto';
import { type S3Response, xmlResponse } from '../http/s3-response.ts';
import { encodeUriPath } from '../http/uri.ts';
import { S3Error } from '../s3-error.ts';
import type { Bucket } from '../storage/bucket.ts';
import type { MultipartUpload } from '../storage/multipart-upload.ts';
import type { PartRecord } from '../storage/records.ts';
import { type NamedPart, parseComplete } from '../xml/parse-complete.ts';
import { xml } from '../xml/write-xml.ts';
import { existing, uploadIdOf } from './find-upload.ts';
import { bucketOf, keyOf, type Operation, type OperationContext, quoted } from './operation.ts';
import { checkPartNumber } from './part-number.ts';
import { refuseUnknown } from './stored-headers.ts';

/** Room for 10,000 parts with every checksum that S3 knows, in bytes. */
const MAX_BODY = 8 * 1024 * 1024;

/**
 * Makes an object of an upload's parts. No byte is copied: the object's record names the blobs of its parts.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export const completeMultipartUpload: Operation = async (context) => {
  const bucket = bucketOf(context);
  refuseUnknown(context.request.headers);
  const named = parseComplete(await context.body.text(MAX_BODY));
  return bucket.uploads.change(uploadIdOf(context), async (upload) => {
    const repeated = upload === undefined ? bucket.completed.get(uploadIdOf(context)) : undefined;
    if (repeated?.key === keyOf(context) && repeated.etag === multipartEtag(named)) {
      return answer(context, bucket, repeated.etag);
    }
    const etag = await complete(context, bucket, existing(upload, context), named);
    return answer(context, bucket, etag);
  });
};

async function complete(
  { minPartSize, now }: OperationContext,
  bucket: Bucket,
  upload: MultipartUpload,
  named: readonly NamedPart[],
): Promise<string> {
  const parts = chooseParts(upload, named, minPartSize);
  const { key, headers, uploadId } = upload.record;
  const object = {
    key,
    headers,
    uploadId,
    size: parts.reduce((sum, { blob }) => sum + blob.size, 0),
    etag: multipartEtag(parts),
    lastModified: now(),
    blobs: parts.map(({ blob }) => blob),
  };
  await bucket.objects.put(object);
  bucket.completed.add(object);
  // Parts that were sent but not named are deleted with the upload.
  await bucket.uploads.remove(upload, new Set(object.blobs.map(({ id }) => id)));
  return object.etag;
}

/** The parts that a client named, if S3's rules let them make an object. */
function chooseParts(upload: MultipartUpload, named: readonly NamedPart[], minPartSize: number): readonly PartRecord[] {
  const { uploadId } = upload.record;
  for (const { partNumber } of named) checkPartNumber(String(partNumber));
  if (named.some(({ partNumber }, index) => partNumber <= (named[index - 1]?.partNumber ?? 0))) {
    throw new S3Error('InvalidPartOrder', { details: { UploadId: uploadId } });
  }
  const parts = named.map(({ partNumber, etag }) => {
    const part = upload.part(partNumber);
    if (part?.etag === etag) return part;
    throw new S3Error('InvalidPart', { details: { UploadId: uploadId, PartNumber: partNumber, ETag: etag } });
  });
  const small = parts.slice(0, -1).find(({ blob }) => blob.size < minPartSize);
  if (small === undefined) return parts;
  throw new S3Error('EntityTooSmall', {
    details: {
      ProposedSize: small.blob.size,
      MinSizeAllowed: minPartSize,
      PartNumber: small.partNumber,
      ETag: small.etag,
    },
  });
}

/** MD5 of the parts' MD5s, a dash, and how many they are. */
function multipartEtag(parts: readonly { readonly etag: string }[]): string {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
}

function answer(context: OperationContext, bucket: Bucket, etag: string): S3Response {
  const key = keyOf(context);
  return xmlResponse(
    xml('CompleteMultipartUploadResult', [
      xml('Location', `http://${context.request.headers.host ?? 'localhost'}/${bucket.name}/${encodeUriPath(key)}`),
      xml('Bucket', bucket.name),
      xml('Key', key),
      xml('ETag', quoted(etag)),
    ]),
  );
}
