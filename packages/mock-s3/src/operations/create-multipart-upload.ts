import { xmlResponse } from '../http/s3-response.ts';
import { xml } from '../xml/write-xml.ts';
import { bucketOf, keyOf, type Operation } from './operation.ts';
import { refuseUnknown, storedHeaders } from './stored-headers.ts';
import { checkKey } from './upload-size.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload: Operation = async (context) => {
  const { request, now } = context;
  const bucket = bucketOf(context);
  const key = keyOf(context);
  checkKey(key);
  refuseUnknown(request.headers);
  const { uploadId } = await bucket.uploads.create(key, storedHeaders(request.headers), now());
  return xmlResponse(
    xml('InitiateMultipartUploadResult', [xml('Bucket', bucket.name), xml('Key', key), xml('UploadId', uploadId)]),
  );
};
