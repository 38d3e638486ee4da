import { StoreError } from '../errors.ts';
import type { ObjectHeaders, StoredObject } from '../storage.ts';
import type { S3Client } from './client.ts';
import { completeBody, parseCopied, parseUploadId } from './xml.ts';

/** Most bytes that one request copies. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const MOST = 5 * 1024 ** 3;

export interface Copy {
  send: S3Client;
  /** The headers that name the source. */
  from: ObjectHeaders;
  /** What the store wants with every object. */
  kept: ObjectHeaders;
  /** The source. */
  seen: StoredObject;
  /** The address of the copy. */
  to: string;
  /** Of each request, in milliseconds. */
  timeout: number;
  /** Bytes that one request copies. @default 5 GiB, the most that S3 copies at once */
  partSize?: number;
}

/** Copies an object with all that is kept with it: in one request, or a large one in parts. */
export async function copyObject({ send, from, kept, seen, to, timeout, partSize = MOST }: Copy): Promise<void> {
  if (seen.size <= partSize) {
    await send({ method: 'PUT', url: to, headers: { ...from, ...kept }, timeout, operation: 'CopyObject' });
    return;
  }
  const create = { method: 'POST', url: `${to}?uploads=`, headers: { ...seen.headers, ...kept }, timeout } as const;
  const { text } = await send({ ...create, operation: 'CreateMultipartUpload' });
  const uploadId = parseUploadId(text);
  if (uploadId === undefined)
    throw new StoreError('unavailable', 'CreateMultipartUpload: the response has no upload id.');
  const upload = `uploadId=${encodeURIComponent(uploadId)}`;
  try {
    const parts: { partNumber: number; etag: string }[] = [];
    for (let start = 0; start < seen.size; start += partSize) {
      const partNumber = parts.length + 1;
      const range = `bytes=${start}-${Math.min(start + partSize, seen.size) - 1}`;
      const url = `${to}?partNumber=${partNumber}&${upload}`;
      const headers = { ...from, 'x-amz-copy-source-range': range };
      const copied = await send({ method: 'PUT', url, headers, timeout, operation: 'UploadPartCopy' });
      const etag = parseCopied(copied.text);
      if (etag === undefined) throw new StoreError('unavailable', 'UploadPartCopy: the response has no ETag.');
      parts.push({ partNumber, etag });
    }
    const complete = { method: 'POST', url: `${to}?${upload}`, body: completeBody(parts), timeout } as const;
    await send({ ...complete, operation: 'CompleteMultipartUpload' });
  } catch (error) {
    const abort = { method: 'DELETE', url: `${to}?${upload}`, timeout, operation: 'AbortMultipartUpload' } as const;
    // The bucket's own rule ends it too; what went wrong first is what is to be told.
    await send(abort).catch(() => undefined);
    throw error;
  }
}
