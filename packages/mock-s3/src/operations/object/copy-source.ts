import type { IncomingHttpHeaders } from 'node:http';
import { invalidArgument, S3Error } from '../../errors/s3-error.ts';
import { decodeUri } from '../../http/uri.ts';
import type { Bucket } from '../../store/bucket.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { findObject } from '../bucket/versioning.ts';
import type { OperationContext } from '../operation.ts';
import { checkPreconditions } from './preconditions.ts';

/** The object that is copied, and the bucket that it is in. */
export interface CopySource {
  readonly bucket: Bucket;
  readonly object: ObjectRecord;
}

/** Finds the object that `x-amz-copy-source` names, and checks the conditions on it. */
export function copySource({ request, store, mimic }: OperationContext): CopySource {
  const header = String(request.headers['x-amz-copy-source'] ?? '');
  const [path = '', version] = header.replace(/^\//, '').split('?versionId=');
  const text = decodeUri(path);
  const slash = text.indexOf('/');
  const [name, key] = [text.slice(0, slash), text.slice(slash + 1)];
  if (slash < 1 || key === '') {
    throw invalidArgument(
      'x-amz-copy-source',
      header,
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  }
  const bucket = store.bucket(name);
  const object = findObject(bucket, key, version);
  checkConditions(request.headers, object);
  const isCompared = request.headers['x-amz-copy-source-if-match'] !== undefined;
  if (isCompared && object.uploadId !== undefined && !mimic.findsEtagOfParts) throw new S3Error('PreconditionFailed');
  if (bucket.completed.isBroken(object)) throw new S3Error(mimic.brokenCopy);
  return { bucket, object };
}

/** The conditions of a read, under other names; what a read answers with NotModified is a failure here. */
function checkConditions(headers: IncomingHttpHeaders, object: ObjectRecord): void {
  const named = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'].flatMap((name) => {
    const value = headers[`x-amz-copy-source-${name}`];
    return value === undefined ? [] : [[name, String(value)]];
  });
  try {
    checkPreconditions(Object.fromEntries(named), object);
  } catch (error) {
    throw error instanceof S3Error && error.code === 'NotModified' ? new S3Error('PreconditionFailed') : error;
  }
}
