import { emptyResponse } from '../http/s3-response.ts';
import { bucketOf, keyOf, type Operation, quoted } from './operation.ts';
import { refuseUnknown, storedHeaders } from './stored-headers.ts';
import { checkKey, checkUploadSize } from './upload-size.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: Operation = async (context) => {
  const { request, body, now } = context;
  const bucket = bucketOf(context);
  const key = keyOf(context);
  checkKey(key);
  refuseUnknown(request.headers);
  checkUploadSize(body);
  const headers = storedHeaders(request.headers);
  const blob = await bucket.blobs.write(body.bytes());
  await bucket.objects.put({ key, size: blob.size, etag: body.md5, lastModified: now(), headers, blobs: [blob] });
  return emptyResponse(200, { etag: quoted(body.md5) });
};
