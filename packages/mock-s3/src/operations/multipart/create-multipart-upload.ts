import { xmlResponse } from '../../http/s3-response.ts';
import { xml } from '../../xml/write-xml.ts';
import { checksumPlan } from '../checksum-headers.ts';
import { lockOf } from '../object/object-lock.ts';
import { refuseUnknown, storedHeaders, withMetadata } from '../object/stored-headers.ts';
import { checkKey } from '../object/upload-size.ts';
import { bucketOf, keyOf, type Operation } from '../operation.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload: Operation = async (context) => {
  const { request, now } = context;
  const bucket = bucketOf(context);
  const key = keyOf(context);
  checkKey(key);
  refuseUnknown(request.headers);
  const checksum = checksumPlan(request.headers, context.mimic);
  const headers = { ...storedHeaders(withMetadata(context)), ...lockOf(bucket, request.headers, now()) };
  const upload = { key, headers, ...(checksum && { checksum }) };
  const { uploadId } = await bucket.uploads.create(upload, now());
  const response = xmlResponse(
    xml('InitiateMultipartUploadResult', [xml('Bucket', bucket.name), xml('Key', key), xml('UploadId', uploadId)]),
  );
  if (checksum === undefined) return response;
  const told = { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.type };
  return { ...response, headers: { ...response.headers, ...told } };
};
